import { isGsm7 } from './measure-sms.ts'

// Characters that word processors put in and that mean the same as a 7-bit one. Letters with accents are not here:
// they carry meaning.
const EQUALS: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201a\u201b\u2032\u00b4\u0060]/g, "'"],
  [/[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, '-'],
  [/\u2026/g, '...'],
  [/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' '],
  [/[\u00ad\u200b\u2060\ufeff]/g, ''],
  [/[\u2022\u00b7]/g, '-'],
]

/** Swaps curly quotes, dashes, ellipses and special spaces for plain ones. */
export function swapTypography(text: string): string {
  return EQUALS.reduce((swapped, [pattern, plain]) => swapped.replace(pattern, plain), text)
}

/** Swaps typographic characters when that makes the text 7-bit; otherwise it stays as written, for nothing is saved. */
export function swapWhenCheaper(text: string): string {
  const swapped = swapTypography(text)
  return isGsm7(swapped) ? swapped : text
}
