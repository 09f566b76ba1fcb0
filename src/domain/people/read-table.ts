import { Problem } from '../errors.ts'
import { each, type Steps } from '../steps.ts'
import { readRecords, type Separator, type TableRow } from './read-records.ts'

export interface Table {
  separator: Separator
  header: TableRow
  rows: TableRow[]
}

const separators: Separator[] = [',', ';', '\t', '|']
const sampleSize = 65_536
/** The mark by which DOS programs end a text file. */
const endOfFile = '\u001A'

const otherForms: [RegExp, string][] = [
  [/^(?:\{\s*["}]|\[\s*[{["\]])/, 'JSON'],
  [/^<(?:!doctype|\?xml|[a-z]+[\s>])/i, 'a web page or XML'],
]

/**
 * A table of text, its first row that is not blank being the header. Blank rows are passed over but counted as lines.
 *
 * @throws Problem `import.not_table` for text of another form; `import.empty` without a header or without a row below
 *   it; `import.quote` for a quote never closed.
 */
export function* readTable(text: string): Steps<Table> {
  const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const form = otherForms.find(([shape]) => shape.test(lines.slice(0, 1_000).trimStart()))?.[1]
  if (form) {
    const message = `This is ${form}, not a table. Export the people as CSV, one person per line below the column names.`
    throw new Problem('invalid', 'import.not_table', message, { field: 'file' })
  }
  const declared = /^"?sep=([,;|\t])"?[ \t]*(?:\n|$)/i.exec(lines)
  const table = declared ? lines.slice(declared[0].length) : lines
  const body = table.endsWith(endOfFile) ? table.slice(0, -1) : table
  const separator = separators.find((known) => known === declared?.[1]) ?? guessSeparator(body)
  const found: TableRow[] = []
  yield* each(readRecords(body, separator, declared ? 2 : 1), 2_000, (row) => {
    if (!isBlank(row)) found.push(row)
  })
  const [header, ...rows] = found
  if (!header) throw new Problem('invalid', 'import.empty', 'The file is empty.', { field: 'file' })
  if (rows.length === 0) {
    const message = 'The file has one row only: a row of column names and at least one person below it are needed.'
    throw new Problem('invalid', 'import.empty', message, { field: 'file' })
  }
  return { separator, header, rows }
}

function isBlank({ cells }: TableRow): boolean {
  return cells.every((cell) => cell.trim() === '')
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
  const rows: TableRow[] = []
  try {
    for (const row of readRecords(sample, separator, 1)) {
      if (!isBlank(row)) rows.push(row)
      if (rows.length === 10) break
    }
  } catch {
    // The sample may end within a cell: the rows before it tell enough.
  }
  const width = rows[0]?.cells.length ?? 0
  return { width, alike: rows.filter(({ cells }) => cells.length === width).length }
}
