import type { Email } from 'postal-mime'

// How programs begin the subject of an absence notice or of another automatic answer, in the languages that are spoken.
const AUTOMATIC_SUBJECT =
  /^\W*(auto(matic|matische|mated)?[ -]?(reply|response|antwort|answer)|out of (the )?office|abwesen(d|heit)|automatische antwort|r[ée]ponse automatique|absen(ce|t)\b|absence du bureau|respuesta autom[áa]tica|fuera de (la )?oficina|risposta automatica|fuori (sede|ufficio)|assente\b|automatisch antwoord|afwezig|niet aanwezig|odpowied[źz] automatyczna|automatyczna odpowied[źz]|autoodpowied[źz]|nieobecno|undeliver(ed|able)|delivery status|mail delivery|returned mail|read:|gelesen:|lu\s?:|le[íi]do:|letto:|gelezen:|przeczytan)/iu

const MACHINES = /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)@/i

/**
 * Whether a machine wrote a mail: RFC 3834, 5 and 3.1.7, and what programs did before and beside it. Errs to the side of
 * "machine", which never counts as an answer.
 */
export function isAutomatic(mail: Email): boolean {
  const value = (name: string) => mail.headers.find(({ key }) => key === name)?.value.trim() ?? null
  const submitted = value('auto-submitted')
  if (submitted !== null && !/^no\b/i.test(submitted)) return true
  const marked = ['x-autoreply', 'x-autorespond', 'x-auto-reply', 'x-autoresponder', 'x-failed-recipients']
  if (marked.some((name) => !/^(no|false)?$/i.test(value(name) ?? ''))) return true
  if (/^(auto[_-]?reply|bulk|junk|list)\b/i.test(value('precedence') ?? '')) return true
  if (/\b(all|oof|autoreply)\b/i.test(value('x-auto-response-suppress') ?? '')) return true
  if (/^<\s*>$/.test(value('return-path') ?? '')) return true
  if (/^multipart\/report\b/i.test(value('content-type') ?? '')) return true
  if (MACHINES.test(mail.from?.address ?? '')) return true
  return AUTOMATIC_SUBJECT.test(mail.subject ?? '')
}
