import { cleanBlock } from '../messages/clean-text.ts'

// The line that mail programs put above what they quote, such as "On Tue, 3 Mar 2026 at 14:05, Northwind wrote:".
// By verb, not by language of the date: the verb stands at the end, or in Dutch and German before the name.
const WROTE =
  /^(on|le|el|il|am|op|w dniu|dnia|pe|em)\b.{0,200}(?<!\p{L})(wrote|a écrit|escribió|ha scritto|schrieb|schreef|het volgende geschreven|pisze|napisał(?:\(a\)|a)?)(?!\p{L}).{0,120}:$/iu
const WROTE_ALONE = /^.{0,200}(?<!\p{L})(wrote|a écrit|escribió|ha scritto|schrieb|schreef|napisał(?:\(a\)|a)?)\s*:$/iu
// With an address in it, the line needs no known beginning.
const WROTE_FROM =
  /^.{0,200}<[^<>\s]{1,254}>.{0,40}(?<!\p{L})(wrote|a écrit|escribió|ha scritto|schrieb|schreef|pisze|napisał(?:\(a\)|a)?)\s?:$/iu
const DATED = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b.{0,120}<[^<>\s]+@[^<>\s]+>:?$/u

// "-----Original Message-----" and its translations, and the rules that web mail draws.
const DIVIDER =
  /^[-_*\s]{2,}\s*(original message|forwarded message|ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht|message d'origine|message original|message transféré|mensaje original|messaggio originale|oorspronkelijk bericht|wiadomość oryginalna|oryginalna wiadomość)\s*[-_*]{0,}$/iu
const RULE = /^[_-]{10,}$/

// The block of header lines above a quote: sender first, then within a few lines a date, a recipient or a subject.
const FROM_LINE = /^\*?(from|von|de|da|van|od)\s?:\*?\s+\S/iu
const MORE_HEADERS =
  /^\*?(sent|date|to|subject|gesendet|datum|an|betreff|envoyé|date|à|objet|enviado( el)?|fecha|para|asunto|inviato|data|a|oggetto|verzonden|aan|onderwerp|wysłano|do|temat)\s?:\*?\s/iu

// Closings and the lines of phones, as whole lines; what follows is a signature when it is short.
const CLOSING =
  /^(best|kind|warm|many)?\s?(regards|wishes)[,.!]?$|^(thanks|thank you|cheers|mit (freundlichen|besten|lieben) grü(ß|ss)en|(viele|beste|liebe|freundliche) grü(ß|ss)e|gru(ß|ss)|mfg|vg|lg|(bien )?cordialement|(bonne journée|merci)|(un )?saludos?( cordial(es)?)?|atentamente|gracias|(cordiali|distinti) saluti|saluti|grazie|met (vriendelijke|hartelijke) groet(en)?|(vriendelijke )?groet(en|jes)?|mvg|bedankt|pozdrawiam|z poważaniem|dziękuję)[,.!]?$/iu
const PHONE_LINE =
  /^(sent from|get outlook|von meinem .{1,40} gesendet|gesendet (von|mit)|envoyé (de|depuis)|enviado desde|inviato da|verzonden (vanaf|met)|verstuurd vanaf|wysłan[eoy] z)\b.{0,80}$/iu

const LONGEST_SIGNATURE = 8

/**
 * What the writer of a mail added: without the quoted message, whatever mail program quoted it, and without the
 * signature. Errs to the side of keeping: what is kept too much makes a reading unclear, and a person reads it.
 */
export function ownWords(mail: string): string {
  const lines = cleanBlock(mail).split('\n')
  const end = lines.findIndex((_, at) => startsQuote(lines, at))
  const own = (end < 0 ? lines : lines.slice(0, end)).filter((line) => !line.startsWith('>'))
  return cutSignature(own).join('\n').trim()
}

function startsQuote(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? ''
  // Programs break the line above a quote where it is long.
  const joined = [line, lines[at + 1], lines[at + 2]].filter((next) => next !== undefined)
  if (joined.some((_, count) => WROTE.test(joined.slice(0, count + 1).join(' ')))) return true
  if (WROTE_FROM.test(lines[at + 1]?.startsWith('<') ? joined.slice(0, 2).join(' ') : line)) return true
  if (DIVIDER.test(line) || DATED.test(line)) return true
  if (RULE.test(line)) return FROM_LINE.test(nextText(lines, at))
  if (WROTE_ALONE.test(line) && nextText(lines, at).startsWith('>')) return true
  return FROM_LINE.test(line) && lines.slice(at + 1, at + 5).filter((next) => MORE_HEADERS.test(next)).length >= 2
}

function nextText(lines: readonly string[], at: number): string {
  return lines.slice(at + 1).find((line) => line !== '') ?? ''
}

function cutSignature(lines: readonly string[]): readonly string[] {
  // "-- " alone on a line: RFC 3676, 4.3; white space at the end is gone by now.
  const at = lines.findIndex(
    (line, index) => index > 0 && (line === '--' || line === '—' || CLOSING.test(line) || PHONE_LINE.test(line)),
  )
  if (at < 0) return lines
  const rest = lines.slice(at + 1).filter((line) => line !== '')
  const ends = rest.length <= LONGEST_SIGNATURE && !rest.some((line) => /^p\.?\s?s\b/i.test(line))
  return ends ? lines.slice(0, at) : lines
}
