/** A run of letters or of digits, with where it stands in the folded text. */
export interface Token {
  text: string
  digits: boolean
  start: number
  end: number
}

// What no screen shows and what people paste without knowing: joiners, direction marks, variation selectors, tags,
// controls, and the frame around a keycap emoji.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|(?!\s)\p{Cc}|\u20e3/gu
const LETTERS_WITHOUT_PARTS: Record<string, string> = { ł: 'l', ø: 'o', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' }
const MOST_DIGITS_BEFORE = 9

/** The value of a decimal digit of any script: the digits of a script follow each other from zero (Unicode, 4.6). */
function digitValue(character: string): string {
  const point = character.codePointAt(0) ?? 0
  let value = 0
  while (value < MOST_DIGITS_BEFORE && /^\p{Nd}$/u.test(String.fromCodePoint(point - value - 1))) value++
  return String(value)
}

/**
 * Brings what looks the same to one form: width, case, accents, digits of any script, apostrophes and invisible
 * characters make no difference.
 */
export function foldText(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[łøđßæœı]/g, (letter) => LETTERS_WITHOUT_PARTS[letter] ?? letter)
    .replace(/(?<=\p{L})['\u2018\u2019\u02bc](?=\p{L})/gu, '')
    .replace(/(?![0-9])\p{Nd}/gu, digitValue)
}

/** The words and numbers of a folded text, in order; everything between them is left out. */
export function tokensOf(folded: string): Token[] {
  return Array.from(folded.matchAll(/[\p{L}\p{M}]+|[0-9]+/gu), (match) => ({
    text: match[0],
    digits: /^[0-9]/.test(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }))
}
