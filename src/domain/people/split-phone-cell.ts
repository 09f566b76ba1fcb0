const certain = /\s*(?::::|[\n|])\s*/
const likely = /\s+(?:or|oder|ou|o|and|und|et|y)\s+|\s*(?:[/&]|;(?!\s*[a-z-]+=)|(?<!,),(?!,)|(?<=\d\s?)(?=\+\d))\s*/i
const shortestNumber = 7

/** The parts of a cell that surely stand apart: joined by ` ::: `, a line break or an upright stroke. */
export function splitCertainly(text: string): string[] {
  return text.split(certain).filter((part) => part !== '')
}

/**
 * The parts of a cell joined by signs that may also occur inside one number (`030/1234567`, `…,136`),
 * provided that each is long enough to be a number.
 */
export function splitLikely(text: string): string[] {
  const parts = text.split(likely).filter((part) => part.trim() !== '')
  const eachIsLong = parts.every((part) => part.replace(/\D/g, '').length >= shortestNumber)
  return eachIsLong ? parts : [text]
}
