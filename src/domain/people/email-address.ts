export type EmailReading = { ok: true; addresses: string[] } | { ok: false; code: 'email.malformed'; reason: string }

const invisible = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g
const separators = /\s*(?::::|[,;|\n])\s*|\s+(?=\S+@)/
const shape =
  /^[^\s@"(),:;<>[\]\\]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]*[\p{L}\p{N}]$/u
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
    if (!shape.test(address) || address.length > longest || /^\.|\.\.|\.@/.test(address)) return malformed
    const at = address.lastIndexOf('@')
    addresses.add(address.slice(0, at) + address.slice(at).toLowerCase())
  }
  return { ok: true, addresses: [...addresses] }
}

const malformed: EmailReading = {
  ok: false,
  code: 'email.malformed',
  reason: 'This is not a mail address of the form name@example.org.',
}
