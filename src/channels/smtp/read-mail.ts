import PostalMime, { type Email } from 'postal-mime'
import type { CarrierEvent } from '../../application/ports/carrier.ts'
import { ownWords } from '../../domain/acknowledgements/own-words.ts'
import { Problem } from '../../domain/errors.ts'
import { cleanBlock, cleanLine } from '../../domain/messages/clean-text.ts'
import { firstUnits } from '../../domain/messages/cut-text.ts'
import { isAutomatic } from './detect-automatic.ts'
import { type MarkedIds, readMarkedId } from './message-id.ts'
import { readBounce } from './read-bounce.ts'

/** What is kept of a mail, in UTF-16 units: a person reads it during an emergency. */
const LONGEST_KEPT = 10_000
/** How far into a mail its writer's own words are looked for, in UTF-16 units. */
const LONGEST_READ = 50_000
const LIMITS = { maxNestingDepth: 20, maxHeadersSize: 256 * 1024, maxRfc822NestingDepth: 2 }

/**
 * Reads a raw mail (RFC 5322) into what it means to us: the bounce of an attempt, or the answer of a person or of a
 * machine. Which message it answers is told by `In-Reply-To` and `References` alone, whose mark proves it.
 *
 * @throws Problem `callback.malformed` for what is no mail
 */
export async function readMail(ids: MarkedIds, raw: string): Promise<CarrierEvent> {
  const { mail, text: content } = await parse(raw)
  const bounce = readBounce(ids, mail)
  if (bounce) return bounce
  const text = cleanBlock(firstUnits(content, LONGEST_READ))
  const references = (mail.references ?? '').split(/\s+/).reverse()
  const answered = [mail.inReplyTo ?? '', ...references]
  const subject = cleanLine(mail.subject ?? '')
  return {
    kind: 'mail',
    channel: 'email',
    messageId: await nameOf(mail),
    attemptId: answered.map((id) => readMarkedId(ids, id)).find((id) => id !== null) ?? null,
    from: firstUnits(cleanLine(mail.from?.address ?? ''), 254),
    text: firstUnits(ownWords(text), LONGEST_KEPT),
    whole: firstUnits(`${subject}\n\n${text}`.trim(), LONGEST_KEPT),
    automatic: isAutomatic(mail),
  }
}

async function parse(raw: string): Promise<{ mail: Email; text: string }> {
  let read: { mail: Email; text: string } | null = null
  try {
    const mail = await PostalMime.parse(raw, LIMITS)
    const genuine = mail.from?.address !== undefined || mail.headers.some(({ key }) => key === 'return-path')
    if (genuine) read = { mail, text: await textOf(mail) }
  } catch {
    // Deeper or larger than any genuine mail.
  }
  if (read) return read
  throw new Problem('malformed', 'callback.malformed', 'This is not a mail.', { field: 'body' })
}

/** The text, or what the HTML says where there is nothing else. */
async function textOf({ text = '', html }: Email): Promise<string> {
  if (text.trim() !== '' || html === undefined) return text
  // The library turns HTML into text only beside a text: so it gets an empty one.
  const part = (type: string, content: string) => `--part\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${content}\r\n`
  const parts = part('text/plain', '') + part('text/html', html)
  const both = await PostalMime.parse(`Content-Type: multipart/mixed; boundary=part\r\n\r\n${parts}--part--`, LIMITS)
  return both.text ?? ''
}

/** A hash, since a Message-ID may hold a name; of the content where there is none. */
async function nameOf(mail: Email): Promise<string> {
  const name = mail.messageId ?? [mail.from?.address, mail.date, mail.subject, mail.text].join('\n')
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(name))
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
