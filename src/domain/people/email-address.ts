export type EmailReading = { ok: true; addresses: string[] } | { ok: false; code: 'email.malformed'; reason: string }

const invisible = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g
const separators = /\s*(?::::|[,;|\n])\s*|\s+(?=\S+@)/
const mailbox = /^[^\s@"(),:;<>[\]\\]{1,64}$/u
const domain = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]{0,61}[\p{L}\p{N}]$/u
const longest = 254
const longestCell = 4_000

/**
 * The mail addresses in one cell: bare, as `Name <address>` or as `mailto:`, several joined in the usual ways.
 * The form is that of RFC 5321 without quoted local parts, with a dotted domain; the domain becomes lower case.
 */
export function readEmailAddresses(raw: string): EmailReading {
  if (raw.length > longestCell) return malformed
  const text = raw.replace(invisible, '').normalize('NFKC').trim()
  const named = Array.from(text.matchAll(/<([^<>]*)>/g), (match) => match[1] ?? '')
  const parts = named.length > 0 ? named : text.split(separators)
  const addresses = new Set<string>()
  for (const part of parts) {
    const address = part.replace(/^mailto:/i, '').trim()
    if (/^[-./]*$/.test(address)) continue
    if (!isEmailAddress(address)) return malformed
    const at = address.lastIndexOf('@')
    addresses.add(address.slice(0, at) + address.slice(at).toLowerCase())
  }
  return { ok: true, addresses: [...addresses] }
}

/** One bare address: RFC 5321 without quoted local parts, with a dotted domain. */
export function isEmailAddress(text: string): boolean {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  if (at < 1 || text.length > longest || /^\.|\.\.|\.$/.test(local)) return false
  return mailbox.test(local) && isDomainName(text.slice(at + 1))
}

/** A domain name of at least two labels (RFC 1123, 2.1), also with letters beyond ASCII. */
export function isDomainName(text: string): boolean {
  return text.length <= longest && domain.test(text)
}

const malformed: EmailReading = {
  ok: false,
  code: 'email.malformed',
  reason: 'This is not a mail address of the form name@example.org.',
}
