import { CsvError, parse } from 'csv-parse/sync'
import { Problem } from '../errors.ts'

export type Separator = ',' | ';' | '\t' | '|'

export interface TableRow {
  /** The line of the file on which the row begins, counted from 1. */
  line: number
  cells: string[]
}

export interface Table {
  separator: Separator
  header: TableRow
  rows: TableRow[]
}

const separators: Separator[] = [',', ';', '\t', '|']
const sampleSize = 65_536
/** The mark by which DOS programs end a text file. */
const endOfFile = '\u001A'

/**
 * A table of text, its first row that is not blank being the header. Blank rows are passed over but counted as lines.
 *
 * @throws Problem `import.empty` without a header or without a row below it; `import.quote` for a quote never closed.
 */
export function readTable(text: string): Table {
  const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const declared = /^"?sep=([,;|\t])"?[ \t]*(?:\n|$)/i.exec(lines)
  const table = declared ? lines.slice(declared[0].length) : lines
  const body = table.endsWith(endOfFile) ? table.slice(0, -1) : table
  const separator = separators.find((known) => known === declared?.[1]) ?? guessSeparator(body)
  const [header, ...rows] = parseRows(body, separator, declared ? 2 : 1)
  if (!header) throw new Problem('invalid', 'import.empty', 'The file is empty.', { field: 'file' })
  if (rows.length === 0) {
    const message = 'The file has one row only: a row of column names and at least one person below it are needed.'
    throw new Problem('invalid', 'import.empty', message, { field: 'file' })
  }
  return { separator, header, rows }
}

function parseRows(text: string, separator: Separator, firstLine: number): TableRow[] {
  const rows: TableRow[] = []
  let line = firstLine
  try {
    parse(text, {
      ...options(separator),
      on_record: (record: string[], { lines }) => {
        if (record.some((cell) => cell.trim() !== '')) rows.push({ line, cells: record })
        line = lines + firstLine
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const message = `The row that begins on line ${line} opens a quote (") that is never closed. Close or remove it.`
    throw new Problem('invalid', 'import.quote', message, { field: 'file', details: { line } })
  }
  return rows
}

/** The separator that cuts the header into most cells; among equals the one that cuts the next rows likewise. */
function guessSeparator(text: string): Separator {
  const sample = text.slice(0, sampleSize)
  let best: { separator: Separator; width: number; alike: number } = { separator: ',', width: 1, alike: 0 }
  for (const separator of separators) {
    const { width, alike } = measure(sample, separator)
    if (width > best.width || (width === best.width && width > 1 && alike > best.alike))
      best = { separator, width, alike }
  }
  return best.separator
}

function measure(sample: string, separator: Separator): { width: number; alike: number } {
  try {
    const rows: string[][] = parse(sample, { ...options(separator), skip_empty_lines: true, to: 10 })
    const width = rows[0]?.length ?? 0
    return { width, alike: rows.filter((row) => row.length === width).length }
  } catch {
    return { width: 0, alike: 0 }
  }
}

function options(separator: Separator) {
  return {
    delimiter: separator,
    record_delimiter: '\n',
    relax_quotes: true,
    relax_column_count: true,
    trim: separator !== '\t',
  }
}
