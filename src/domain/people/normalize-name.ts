/** Direction overrides, which can disguise a name, and control characters; joiners stay, some scripts need them. */
const unwanted = /[\p{Cc}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu

/** Text as it is stored and shown: composed letters, single blanks, nothing that controls or hides. */
export function cleanText(raw: string): string {
  return raw.replace(/\s+/g, ' ').replace(unwanted, '').normalize('NFC').trim()
}

/** A name as it is compared: without case, accents, width and joiners. Never shown. */
export function normalizeName(name: string): string {
  return cleanText(name)
    .normalize('NFKD')
    .replace(/[\p{M}\u200C\u200D]/gu, '')
    .toLowerCase()
}
