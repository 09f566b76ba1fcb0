/**
 * The values in a cell that may hold several. Where ` ::: ` occurs, nothing else parts them; else where line breaks or
 * upright strokes do, only those; else `;` (and `,` if asked).
 */
export function splitList(cell: string, softly: { semicolon: boolean; comma: boolean }): string[] {
  const certain = [/:::/, /[\n|]/].find((sign) => sign.test(cell))
  const parts = certain ? cell.split(certain) : softly.semicolon ? splitSoftly(cell, softly.comma) : [cell]
  return [...new Set(parts.map((part) => part.replace(/\s+/g, ' ').trim()).filter((part) => part !== ''))]
}

function splitSoftly(cell: string, comma: boolean): string[] {
  return cell.split(comma && !cell.includes(';') ? ',' : ';')
}
