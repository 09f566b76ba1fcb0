import { Problem } from '../errors.ts'
import type { ColumnRole } from './column-names.ts'
import { decodeFile, type FileEncoding } from './decode-file.ts'
import { findRepeats } from './find-repeats.ts'
import { type Column, guessColumns } from './guess-columns.ts'
import type { PersonDraft } from './person.ts'
import { makeRowReaders, readPersonRow } from './read-person-row.ts'
import { readTable, type Separator, type TableRow } from './read-table.ts'
import type { RowProblem } from './row-problem.ts'

export interface PeopleFileRow {
  /** The line of the file on which the row begins, counted from 1. */
  line: number
  /** Absent when the row does not say who it is about. */
  person?: PersonDraft
  problems: RowProblem[]
}

export interface PeopleFile {
  encoding: FileEncoding
  separator: Separator
  columns: Column[]
  unknownColumns: string[]
  rows: PeopleFileRow[]
}

/**
 * The people in a file of separated values, as spreadsheets, directories and address books write them.
 *
 * @param region ISO 3166-1 alpha-2 country for numbers without a prefix.
 * @throws Problem for a file that cannot be read at all: `import.not_text`, `import.encoding`, `import.empty`,
 *   `import.quote`, `import.no_name_column`, `import.no_contact_column`. Whatever is wrong with single rows is said there.
 */
export function readPeopleFile(bytes: Uint8Array, options: { region: string }): PeopleFile {
  const { text, encoding } = decodeFile(bytes)
  const { separator, header, rows: tableRows } = readTable(text)
  const { columns, unknown } = guessColumns(header.cells)
  requireColumns(columns, header)

  const readers = makeRowReaders()
  const rows = tableRows.map(({ line, cells }): PeopleFileRow => {
    const torn = findTornRow(cells, header.cells.length, separator)
    const { person, problems } = readPersonRow(cells, columns, options.region, readers)
    if (torn) problems.unshift(torn)
    return person ? { line, person, problems } : { line, problems }
  })
  findRepeats(rows)
  return { encoding, separator, columns, unknownColumns: unknown, rows }
}

function requireColumns(columns: Column[], header: TableRow): void {
  const has = (...roles: ColumnRole[]) => columns.some((column) => roles.includes(column.role))
  const found = header.cells
    .filter((cell) => cell.trim() !== '')
    .join(', ')
    .slice(0, 200)
  if (!has('name', 'firstName', 'lastName')) {
    const message = `No column for names was found on line ${header.line} (${found}). Call one of the columns "name".`
    throw new Problem('invalid', 'import.no_name_column', message, { field: 'name' })
  }
  if (!has('mobile', 'phone', 'email')) {
    const message = `No column of numbers or addresses was found (${found}). Name one "mobile", "phone" or "email".`
    throw new Problem('invalid', 'import.no_contact_column', message, { field: 'phone' })
  }
}

/** Signs that a separator or a quote in the wrong place has shifted cells or swallowed the rows below. */
function findTornRow(cells: string[], width: number, separator: Separator): RowProblem | undefined {
  if (cells.slice(width).some((cell) => cell.trim() !== '')) {
    const reason = `This row has more cells than there are columns. Put quotes around values that hold a "${separator}".`
    return { field: 'row', code: 'row.too_many_cells', reason, severity: 'refused' }
  }
  if (!cells.some((cell) => cell.includes('\n') && cell.split('\n').some((line) => isRow(line, width, separator)))) {
    return undefined
  }
  const reason = 'A quote in this row seems never to be closed, so that it has swallowed the rows below it.'
  return { field: 'row', code: 'row.swallowed', reason, severity: 'refused' }
}

function isRow(line: string, width: number, separator: Separator): boolean {
  return width > 1 && line.split(separator).length === width && /@|\d[\d\s]{6,}/.test(line)
}
