import { Problem } from '../errors.ts'

export type Separator = ',' | ';' | '\t' | '|'

export interface TableRow {
  /** The line of the file on which the row begins, counted from 1. */
  line: number
  cells: string[]
  /** Text follows a closed quote, and read either way the row may be another one than was meant. */
  torn?: true
}

interface Cell {
  value: string
  /** Where the separator, the line break or the end of the text behind the cell is. */
  end: number
  lineBreaks: number
  torn: boolean
}

/**
 * The rows of a text whose lines end in `\n`, one at a time (RFC 4180), as spreadsheets and people write them: blanks
 * around a cell go, but not around tabs, and a quote counts only where a cell begins. A cell whose closed quote is
 * followed by text (`"Bo" Li`) is read with its quotes as they stand.
 *
 * @throws Problem `import.quote` for a quote that is never closed
 */
export function* readRecords(text: string, separator: Separator, firstLine: number): Generator<TableRow, void> {
  let line = firstLine
  for (let at = 0; at < text.length; at++) {
    const row: TableRow = { line, cells: [] }
    for (; ; at++) {
      const cell = readCell(text, at, separator, row.line)
      row.cells.push(cell.value)
      if (cell.torn) row.torn = true
      line += cell.lineBreaks
      at = cell.end
      if (text[at] !== separator) break
    }
    line++
    yield row
  }
}

function readCell(text: string, start: number, separator: Separator, line: number): Cell {
  const opened = separator === '\t' ? start : skipBlanks(text, start)
  const closed = text[opened] === '"' ? findClosing(text, opened, line) : -1
  let torn = false
  if (closed > 0) {
    const end = skipBlanks(text, closed + 1, separator)
    const inside = text.slice(opened + 1, closed)
    if (isEnd(text, end, separator)) {
      const value = inside.replaceAll('""', '"')
      return { value, end, lineBreaks: inside.split('\n').length - 1, torn }
    }
    torn = inside.includes('\n') || inside.includes(separator)
  }
  let end = start
  while (!isEnd(text, end, separator)) end++
  const raw = text.slice(start, end)
  return { value: separator === '\t' ? raw : raw.trim(), end, lineBreaks: 0, torn }
}

function isEnd(text: string, at: number, separator: Separator): boolean {
  return at >= text.length || text[at] === separator || text[at] === '\n'
}

function skipBlanks(text: string, from: number, separator?: Separator): number {
  let at = from
  while (text[at] !== separator && (text[at] === ' ' || text[at] === '\t' || text[at] === '\u00A0')) at++
  return at
}

function findClosing(text: string, opened: number, line: number): number {
  let at = opened + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) {
      const message = `The row that begins on line ${line} opens a quote (") that is never closed. Close or remove it.`
      throw new Problem('invalid', 'import.quote', message, { field: 'file', details: { line } })
    }
    if (text[quote + 1] !== '"') return quote
    at = quote + 2
  }
}
