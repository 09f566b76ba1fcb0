// What XML 1.0 (2.2) does not allow or what carries no meaning in a message: controls other than tab and line breaks,
// halves of surrogate pairs, non-characters, and the byte-order mark.
const BREAKS_MARKUP = /(?![\t\n])\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}|\ufeff/gu
const LINE_BREAK = /\r\n?|\u0085|[\u2028\u2029]/g

/** Removes what breaks markup and devices: controls, halves of surrogate pairs, non-characters. Keeps line breaks. */
export function cleanText(text: string): string {
  return text.replace(LINE_BREAK, '\n').replace(BREAKS_MARKUP, '').replace(/\t/g, ' ')
}

/** Clean text on one line, white space collapsed. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim()
}

/** Clean text of several lines, with at most one empty line between two. */
export function cleanBlock(text: string): string {
  return cleanText(text)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
