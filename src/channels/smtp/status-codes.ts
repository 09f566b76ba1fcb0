import type { ErrorEntry, Verdict } from '../../domain/carriers/error-entry.ts'

/** Nobody opts out of mail by a status code. */
export type SmtpVerdict = Exclude<Verdict, 'opted_out'>

// Subject and detail of enhanced status codes: RFC 3463, 3, and the registry
// https://www.iana.org/assignments/smtp-enhanced-status-codes
const STATUSES: Record<SmtpVerdict, Record<string, string>> = {
  gone: {
    '1.1': 'no such mailbox',
    '1.2': 'no such domain',
    '1.6': 'the mailbox has moved and left no address',
    '1.10': 'the domain takes no mail at all (RFC 7505)',
  },
  address: {
    '1.3': 'an address in no valid form',
    '1.4': 'an address that means several mailboxes',
    '2.0': 'something about the mailbox',
    '2.1': 'the mailbox is disabled',
    '2.4': 'the list behind the address cannot be expanded',
    // How Exchange Online says that it knows no such mailbox.
    '4.1': 'the destination does not answer, or knows no such mailbox',
    '4.3': 'the directory of the destination failed',
    '4.4': 'no way to the destination',
    '4.6': 'a loop on the way to the destination',
    '7.17': 'the mailbox has another owner (RFC 7293)',
    '7.18': 'the domain has another owner (RFC 7293)',
  },
  sender: {
    '1.7': 'our address is in no valid form',
    '1.8': 'our domain is not known',
    '1.9': 'the mail went on to a server without status codes',
    '3.0': 'something about the server',
    '3.3': 'the server lacks what the mail needs',
    '3.5': 'the server is set up wrongly',
    '5.0': 'something about the dialogue',
    '5.1': 'a command out of place',
    '5.2': 'a command that was not understood',
    '5.4': 'a command with wrong parameters',
    '5.5': 'another version of the protocol',
    '6.7': 'letters beyond ASCII in an address are not taken',
    '7.0': 'not permitted, for whatever reason',
    '7.1': 'not permitted to us',
    '7.2': 'not permitted to send to this list',
  },
  message: {
    '2.3': 'larger than the mailbox takes',
    '3.4': 'larger than the server takes',
    '6.0': 'something about the content',
    '6.1': 'a kind of content that is not taken',
    '6.2': 'a conversion that is needed and not permitted',
    '6.3': 'a conversion that is needed and not possible',
    '6.4': 'converted with a loss',
    '6.5': 'a conversion that failed',
  },
  // A full mailbox and a full system are emptied, a server comes back (RFC 3463, 3.3 and 3.4).
  retry: {
    '2.2': 'the mailbox is full',
    '3.1': 'the server is full',
    '3.2': 'the server takes nothing at present',
    '4.2': 'the connection to the destination broke',
    '4.5': 'the way to the destination is congested',
    '4.7': 'it waited too long on the way',
  },
}

/** Refusals of class 5 by their enhanced status code; those of class 4 pass by themselves. */
export const SMTP_ERRORS: readonly ErrorEntry<SmtpVerdict>[] = (Object.keys(STATUSES) as SmtpVerdict[]).flatMap(
  (verdict) =>
    Object.entries(STATUSES[verdict]).map(([detail, meaning]) => ({ code: `5.${detail}`, verdict, meaning })),
)
