import { Problem } from '../errors.ts'
import { each, type Steps } from '../steps.ts'
import { makeRowReaders } from './assemble-person.ts'
import type { ColumnRole } from './column-names.ts'
import { type ColumnCorrections, correctColumns } from './correct-columns.ts'
import { decodeFile, type FileEncoding } from './decode-file.ts'
import { isGarbled } from './find-garbling.ts'
import { findRepeats } from './find-repeats.ts'
import { type Column, guessColumns } from './guess-columns.ts'
import { findNumberParts, joinNumberParts } from './join-number-parts.ts'
import type { PersonDraft } from './person.ts'
import { readCardFile } from './read-card-file.ts'
import { isCardFile } from './read-cards.ts'
import { holdContacts } from './read-header.ts'
import { readPersonRow } from './read-person-row.ts'
import type { Separator, TableRow } from './read-records.ts'
import { readTable } from './read-table.ts'
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
  /** Null for address cards. */
  separator: Separator | null
  columns: Column[]
  unknownColumns: string[]
  /** Every column of the file in its order, with what it was taken to hold; empty for address cards. */
  mapping: ColumnMapping[]
  /** What somebody should look at before the file is applied, in sentences. */
  warnings: string[]
  rows: PeopleFileRow[]
}

export interface ColumnMapping {
  header: string
  /** Null for one that is not read. */
  role: ColumnRole | 'label' | null
  /** What stands in it, so that somebody can tell. */
  samples: string[]
}

export interface ReadingOptions {
  /** ISO 3166-1 alpha-2 country for numbers without a prefix. */
  region: string
  columns?: ColumnCorrections
  /** Told now and then how many of the people have been read. */
  progress?: (done: number, total: number) => void
}

/** More people than this are imported in several files. */
const mostRows = 200_000
/** Rows between two stops. */
const SLICE = 100

/**
 * The people in a file of separated values, as spreadsheets, directories and address books write them, or of address
 * cards (vCard 2.1, 3.0, 4.0). The content tells which: names of files and media types are often wrong.
 *
 * @throws Problem for a file that cannot be read at all: `import.not_text`, `import.not_table`, `import.encoding`,
 *   `import.empty`, `import.quote`, `import.too_many_rows`, `import.no_name_column`, `import.no_contact_column` (with the
 *   columns as `details.mapping`), `import.unknown_column`, `import.unknown_role`.
 *   Whatever is wrong with single rows is said there.
 */
export function* readPeopleFile(bytes: Uint8Array, options: ReadingOptions): Steps<PeopleFile> {
  const { text, encoding } = decodeFile(bytes)
  yield
  const readers = makeRowReaders()
  if (isCardFile(text)) {
    const rows = yield* readCardFile(text, { ...options, mostRows, readers })
    yield* findRepeats(rows)
    return {
      encoding,
      separator: null,
      columns: [],
      unknownColumns: [],
      mapping: [],
      warnings: warnOfEncoding(encoding, text),
      rows,
    }
  }
  const { separator, header, rows: tableRows } = yield* readTable(text)
  if (tableRows.length > mostRows) {
    const message = `This file has ${tableRows.length} rows, and ${mostRows} are taken at once. Part it into several files.`
    throw new Problem('invalid', 'import.too_many_rows', message, { field: 'file' })
  }
  const corrected = correctColumns(header.cells, options.columns ?? {})
  const { columns, unknown: others } = guessColumns(header.cells, corrected)
  const parts = findNumberParts(
    others.filter(({ index }) => !corrected.has(index)),
    columns,
  )
  const unknown = others.filter(({ index }) => !parts.some((part) => part.index === index && part.of !== null))
  const mapping = describeColumns(header, columns, tableRows)
  requireColumns(columns, header, mapping)

  const rows: PeopleFileRow[] = []
  yield* each(tableRows, SLICE, ({ line, cells, torn }) => {
    const whole = parts.length === 0 ? { cells } : joinNumberParts(cells, parts, columns)
    const { person, problems } = readPersonRow(whole.cells, columns, options.region, readers)
    if (whole.problem) problems.push(whole.problem)
    const damage = torn ? tornRow : findDamage(cells, header.cells.length, separator)
    if (damage) problems.unshift(damage)
    rows.push(person ? { line, person, problems } : { line, problems })
    if (rows.length % SLICE === 0) options.progress?.(rows.length, tableRows.length)
  })
  yield* findRepeats(rows)
  const unread = unknown.filter(({ index }) =>
    holdContacts(tableRows.slice(0, 1_000).map(({ cells }) => cells[index] ?? '')),
  )
  const warnings = unread.map(
    ({ header: name }) =>
      `The column "${name}" is not read, though it holds numbers or mail addresses. Name it after what it holds.`,
  )
  warnings.push(...warnOfEncoding(encoding, text))
  const unknownColumns = unknown.map((column) => column.header)
  return { encoding, separator, columns, unknownColumns, mapping, warnings, rows }
}

function describeColumns(header: TableRow, columns: Column[], rows: TableRow[]): ColumnMapping[] {
  const roles = new Map<number, ColumnRole | 'label'>(columns.map(({ index, role }) => [index, role]))
  for (const { labelIndex } of columns) if (labelIndex !== undefined) roles.set(labelIndex, 'label')
  return header.cells.map((text, index) => {
    const filled = rows.slice(0, 200).flatMap(({ cells }) => cells[index]?.trim().slice(0, 60) || [])
    return { header: text.trim(), role: roles.get(index) ?? null, samples: filled.slice(0, 2) }
  })
}

function warnOfEncoding(encoding: FileEncoding, text: string): string[] {
  const accented = encoding === 'windows-1252' ? /\p{L}*[^\p{ASCII}]\p{L}*/u.exec(text)?.[0] : undefined
  if (accented === undefined) return []
  return [`The file does not say its encoding; it was read so that a word is "${accented}". Is that right?`]
}

function requireColumns(columns: Column[], header: TableRow, mapping: ColumnMapping[]): void {
  const has = (...roles: ColumnRole[]) => columns.some((column) => roles.includes(column.role))
  const found = header.cells
    .filter((cell) => cell.trim() !== '')
    .join(', ')
    .slice(0, 200)
  if (!has('name', 'firstName', 'lastName')) {
    const message = `No column for names was found on line ${header.line} (${found}). Call one of the columns "name".`
    throw new Problem('invalid', 'import.no_name_column', message, { field: 'name', details: { mapping } })
  }
  if (!has('mobile', 'phone', 'callOnly', 'textOnly', 'email', 'webhook')) {
    const message = `No column of numbers or addresses was found (${found}). Name one "mobile", "phone" or "email".`
    throw new Problem('invalid', 'import.no_contact_column', message, { field: 'phone', details: { mapping } })
  }
}

/** Signs that letters are destroyed, or that a separator or quote in the wrong place has shifted or swallowed cells. */
function findDamage(cells: string[], width: number, separator: Separator): RowProblem | undefined {
  if (cells.slice(width).some((cell) => cell.trim() !== '')) {
    const reason = `This row has more cells than there are columns. Put quotes around values that hold a "${separator}".`
    return { field: 'row', code: 'row.too_many_cells', reason, severity: 'refused' }
  }
  if (cells.some((cell) => cell.includes('\n') && cell.split('\n').some((line) => isRow(line, width, separator)))) {
    const reason = 'A quote in this row seems never to be closed, so that it has swallowed the rows below it.'
    return { field: 'row', code: 'row.swallowed', reason, severity: 'refused' }
  }
  const garbled = cells.find(isGarbled)
  if (garbled === undefined) return undefined
  const reason = `"${garbled.trim().slice(0, 60)}" holds letters that an earlier program has destroyed. Save the file as UTF-8.`
  return { field: 'row', code: 'row.garbled', reason, severity: 'review' }
}

const tornRow: RowProblem = {
  field: 'row',
  code: 'row.quote',
  reason: 'In this row text follows a closed quote ("). Remove the quotes, or put two ("") where one is meant.',
  severity: 'refused',
}

function isRow(line: string, width: number, separator: Separator): boolean {
  return width > 1 && line.split(separator).length === width && /@|\d[\d\s]{6,}/.test(line)
}
