import { type ColumnRole, foldHeader, isPlural, roleOf } from './column-names.ts'
import { roleByWords } from './read-header.ts'

export interface Column {
  /** Position in the row, counted from 0. */
  index: number
  header: string
  role: ColumnRole
  /** Position of the column that labels the values of this one, as address book exports have it. */
  labelIndex?: number
  /** That column labels nothing else (`mobile`, `mobile label`): where it is blank, there is no label. */
  labelBeside?: true
  /** The header is a plural, so `,` and `;` part several values. */
  plural: boolean
}

export interface ColumnGuess {
  columns: Column[]
  /** Headers that mean nothing here, in the order of the file, each with its position. */
  unknown: { header: string; index: number }[]
}

const repeatable = new Set<ColumnRole>([
  'mobile',
  'phone',
  'callOnly',
  'textOnly',
  'email',
  'webhook',
  'groups',
  'deputy',
  'calls',
  'note',
  'fax',
])

/**
 * Says what each column holds, by its header. Columns that are not understood are listed, never dropped in silence.
 *
 * @param corrected what somebody says that columns hold, by position; null for those that are not to be read
 */
export function guessColumns(
  headers: string[],
  corrected: ReadonlyMap<number, ColumnRole | null> = new Map(),
): ColumnGuess {
  const labels = findLabelColumns(headers)
  for (const index of corrected.keys()) labels.delete(index)
  const columns: Column[] = []
  const unknown: ColumnGuess['unknown'] = []
  const said = new Set(corrected.values())
  const taken = new Set<ColumnRole>()
  headers.forEach((header, index) => {
    if (labels.has(index)) return
    const guessed = roleOf(header) ?? roleByWords(header)
    const role = corrected.has(index) ? corrected.get(index) : guessed
    const outdone = guessed !== undefined && !corrected.has(index) && said.has(guessed) && !repeatable.has(guessed)
    if (!role || outdone || (taken.has(role) && !repeatable.has(role))) {
      if (header.trim() !== '') unknown.push({ header: header.trim(), index })
      return
    }
    taken.add(role)
    const labelIndex = [...labels].find(([, value]) => value === index)?.[0]
    const column: Column = { index, header: header.trim(), role, plural: isPlural(header) }
    if (labelIndex !== undefined) column.labelIndex = labelIndex
    if (labelIndex === index + 1 && isLabelOf(headers[labelIndex], header)) column.labelBeside = true
    columns.push(column)
  })
  return { columns: settleNames(columns, said), unknown }
}

/**
 * Pairs `Phone 1 - Label` (or `- Type`) with `Phone 1 - Value`, and `mobile label` with the `mobile` before it: position
 * of the label → position of the value.
 */
function findLabelColumns(headers: string[]): Map<number, number> {
  const values = new Map<string, number>()
  const pairs = new Map<number, number>()
  headers.forEach((header, index) => {
    if (/value$/.test(foldHeader(header))) values.set(stem(header), index)
  })
  headers.forEach((header, index) => {
    const value = /(label|type)$/.test(foldHeader(header)) ? values.get(stem(header)) : undefined
    if (value !== undefined && value !== index) pairs.set(index, value)
    else if (isLabelOf(header, headers[index - 1])) pairs.set(index, index - 1)
  })
  return pairs
}

function isLabelOf(header: string | undefined, value: string | undefined): boolean {
  return header !== undefined && !!value && foldHeader(header) === `${foldHeader(value)}label`
}

function stem(header: string): string {
  return header.toLowerCase().replace(/[^\p{L}\d]*(value|label|type)\W*$/u, '')
}

/** `Nom` beside `Prénom` and `Name` beside `Vorname` are family names; `Nombre` beside `Apellidos` is a first name. */
function settleNames(columns: Column[], said: ReadonlySet<ColumnRole | null>): Column[] {
  const has = (role: ColumnRole) => columns.some((column) => column.role === role)
  if (said.has('name') || has('firstName') === has('lastName')) return columns
  const other: ColumnRole = has('firstName') ? 'lastName' : 'firstName'
  return columns.map((column) => (column.role === 'name' ? { ...column, role: other } : column))
}
