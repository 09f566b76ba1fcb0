/**
 * The value of a cell that was written with an apostrophe before it so that a spreadsheet takes no formula for it.
 *
 * The rule undoes an export that puts one apostrophe before every cell that begins, after any number of apostrophes,
 * with `= + - @`, tab, carriage return or the full-width form of a sign, or
 * that is a number of which a spreadsheet would lose digits. A name that really begins with an apostrophe
 * and a letter (`'t Hooft`) is left alone.
 */
export function unguardCell(cell: string): string {
  return cell.replace(/^'(?='*(?:[=+\-@\t\r＝＋－＠]|0\d+$|\d{12,}$|\d+E\d+$))/i, '')
}
