/** A mail as it is handed to a server: nothing in it comes from a header that somebody else wrote. */
export interface OutgoingMail {
  from: { name: string; address: string }
  to: string
  subject: string
  text: string
  html: string
  /** With angle brackets. */
  messageId: string
  /** Comes back in bounces where the server can do that. */
  envelopeId: string
  headers: Record<string, string>
}

/**
 * What became of a hand-over.
 *
 * - `refused`: the server's reply, whole, and the command that it answered.
 * - `noLogin`: the server does not accept our name and password, or takes none.
 * - `unreachable`: no reply; `uncertain` where the server may have taken it all the same.
 */
export type MailResult =
  | { outcome: 'taken' }
  | { outcome: 'refused'; code: number; reply: string; command: string }
  | { outcome: 'noLogin'; code: number | null }
  | { outcome: 'unreachable'; code: string; reason: string; uncertain: boolean }

/** Hands mails to one server. Needs sockets, so that each home brings its own. */
export interface MailTransport {
  /** Never throws for what a server or the network does. */
  send(mail: OutgoingMail): Promise<MailResult>
}
