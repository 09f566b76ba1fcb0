/**
 * What spreadsheets take for a formula, also in full-width forms, and what they take for a number of which digits go:
 * leading zeros, more than eleven digits, exponents.
 */
const FORMULA = /^'*(?:[=+\-@\t\r＝＋－＠]|0\d+$|\d{12,}$|\d+E\d+$)/i

/** One cell of a CSV (RFC 4180), with an apostrophe before what a spreadsheet would calculate or shorten. */
export function writeCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
