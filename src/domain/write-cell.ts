/** What spreadsheets take for a formula, also in full-width forms. */
const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/

/** One cell of a CSV (RFC 4180), with an apostrophe before what a spreadsheet would take for a formula. */
export function writeCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
