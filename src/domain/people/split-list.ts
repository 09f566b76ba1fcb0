/**
 * The values in a cell that may hold several. ` ::: `, line breaks and upright strokes always part them and, once one of
 * them occurs, nothing else does; `;` (and `,` if asked) part them otherwise.
 */
export function splitList(cell: string, softly: { semicolon: boolean; comma: boolean }): string[] {
  const certain = /:::|[\n|]/
  const parts = certain.test(cell)
    ? cell.split(/:::|[\n|]/)
    : softly.semicolon
      ? splitSoftly(cell, softly.comma)
      : [cell]
  return [...new Set(parts.map((part) => part.replace(/\s+/g, ' ').trim()).filter((part) => part !== ''))]
}

function splitSoftly(cell: string, comma: boolean): string[] {
  return cell.split(comma && !cell.includes(';') ? ',' : ';')
}
