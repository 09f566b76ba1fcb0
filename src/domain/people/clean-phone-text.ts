/** Code points of the digit zero in the scripts whose digits people type; the other nine follow each. */
const zeros = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x0ed0,
  0x0f20, 0x1040, 0x17e0, 0x1810, 0xff10,
]

const digits = new Map<string, string>()
for (const zero of zeros) {
  for (let value = 0; value < 10; value++) digits.set(String.fromCodePoint(zero + value), String(value))
}

const invisible = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g

export interface CleanText {
  text: string
  /** Something was changed beyond the kinds of blanks and dashes. */
  repaired: boolean
}

/**
 * Phone text in plain ASCII digits, signs and blanks: digits of other scripts and full-width forms become ASCII,
 * invisible characters go, and so do the wrappings by which spreadsheets are made to keep a number as text
 * (a leading apostrophe, `="…"`). Line breaks stay: they part numbers.
 */
export function cleanPhoneText(raw: string): CleanText {
  const visible = raw
    .replace(invisible, '')
    .replace(/[^\p{ASCII}]/gu, (char) => digits.get(char) ?? char)
    .replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
  const unwrapped = visible
    .trim()
    .replace(/^="([^"]*)"$/, '$1')
    .replace(/^['\u2018\u2019]+/, '')
  const text = unwrapped
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[^\S\n]+/g, ' ')
    .trim()
  return { text, repaired: visible !== raw || unwrapped !== visible.trim() }
}
