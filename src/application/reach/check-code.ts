/** Longer than the codes of alerts, so that no text can mean both. */
const DIGITS = 6

/** The digits that an answer to a check carries; never with a zero in front. @param chance from 0 up to but not including 1 */
export function randomCode(chance: () => number): string {
  const least = 10 ** (DIGITS - 1)
  return String(least + Math.floor(chance() * 9 * least))
}
