const FULLEST_WORD_LOST = 40

/** The first UTF-16 units of a text, never ending in half a character. */
export function firstUnits(text: string, units: number): string {
  const cut = text.slice(0, Math.max(0, units))
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut
}

/**
 * Shortens a text to so many UTF-16 units including the mark that says so, at a word where one ends nearby.
 * Empty when not even the mark fits.
 */
export function cutAtWord(text: string, units: number, mark: string): string {
  if (text.length <= units) return text
  const room = units - mark.length
  if (room <= 0) return ''
  const cut = firstUnits(text, room)
  const wordEnd = /\s/.test(text[cut.length] ?? ' ') ? cut.length : cut.search(/\s\S*$/)
  const whole = wordEnd > 0 && cut.length - wordEnd <= FULLEST_WORD_LOST ? cut.slice(0, wordEnd) : cut
  return whole.trimEnd() + mark
}
