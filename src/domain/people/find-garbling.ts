/** Signs that stand inside no word of any language, though they are letters in the encodings of DOS, Macs and Eastern Europe. */
const signs = '‚„…†‡ˆ‰‹›˜™¡¢£¤¥¦§¨©«¬®¯°±²³µ¶¸¹»¼½¾¿×÷ƒ'
const foreign = new RegExp(
  [
    `\\p{L}[${signs}]\\p{L}`,
    '\\p{L}{2}[‚„†‡ˆ¤¢£¥³¹¿]',
    '(?<![\\p{L}\\d])[³¹¯£¥]\\p{L}{2}',
    '\\p{L}[ŠŽŸŒ]\\p{Ll}',
    '\\p{L}[\\u0080-\\u009F]|[\\u0080-\\u009F]\\p{L}',
    '[\\u0081\\u008D\\u008F\\u0090\\u009D]',
  ].join('|'),
  'u',
)
/** Words looked at: a file of another encoding shows itself long before. */
const enough = 20_000

/** A word of text read as Windows-1252 that shows it to be something else; undefined where nothing does. */
export function findForeignWord(text: string): string | undefined {
  let count = 0
  for (const [word] of text.matchAll(/[^\s,;|"]*[\u0080-\uFFFF][^\s,;|"]*/g)) {
    if (foreign.test(word)) return word.slice(0, 40)
    if (++count === enough) return undefined
  }
  return undefined
}

// The bytes of UTF-8 read one by one, as programs do that take every file for Windows-1252.
const twice = /[ÃÅÄ][\u0080-\u00BF‚„…†‡ˆ‰‹‘’“”•–—˜™š›œžŸƒ€]|Â[\u0080-\u00BF]|â€[\u0080-\u00BF™œšž“”˜–—¦¢]/
const destroyed = /[\uFFFD\u0080-\u009F]/

/** Whether a cell holds letters that an earlier program has destroyed. */
export function isGarbled(cell: string): boolean {
  return destroyed.test(cell) || twice.test(cell)
}
