import { assemblePerson, type PersonRow, type RowReaders } from './assemble-person.ts'
import type { ColumnRole } from './column-names.ts'
import type { Column } from './guess-columns.ts'
import { cleanText } from './normalize-name.ts'
import { type ContactCell, type ContactRole, readContacts } from './read-contacts.ts'
import { splitList } from './split-list.ts'
import { unguardCell } from './unguard-cell.ts'

/** One person out of the cells of one row, with everything that is wrong about it. */
export function readPersonRow(cells: string[], columns: Column[], region: string, readers: RowReaders): PersonRow {
  const cellAt = (index: number | undefined) => (index === undefined ? '' : unguardCell(cells[index] ?? ''))
  const textOf = (role: ColumnRole) => {
    const column = columns.find((candidate) => candidate.role === role)
    return column ? cleanText(cellAt(column.index)) : ''
  }
  const listOf = (role: ColumnRole) =>
    columns.filter((column) => column.role === role).flatMap((column) => listIn(cellAt(column.index), column))
  const contacts = readContacts(contactCells(columns, cellAt), region)
  const calls = listOf('calls')
  const texts = {
    name: textOf('name') || cleanText(`${textOf('firstName')} ${textOf('middleName')} ${textOf('lastName')}`),
    groups: listOf('groups'),
    deputies: listOf('deputy'),
    language: textOf('language'),
    timeZone: textOf('timeZone'),
    ...(calls.length > 0 ? { calls } : {}),
  }
  const filled = (['externalId', 'duty', 'reportsTo'] as const).flatMap((role) => {
    const text = textOf(role)
    return text === '' ? [] : [[role, text] as const]
  })
  return assemblePerson({ ...texts, ...Object.fromEntries(filled) }, contacts, readers, 'refused')
}

const contactRoles: readonly string[] = ['mobile', 'phone', 'callOnly', 'textOnly', 'email', 'webhook', 'fax']

function* contactCells(columns: Column[], cellAt: (index: number | undefined) => string): Generator<ContactCell> {
  for (const { role, index, labelIndex, labelBeside, header } of columns) {
    if (!isContact(role)) continue
    const text = cellAt(index)
    const label = cellAt(labelIndex) || (labelBeside ? '' : header)
    // Several values may have as many labels.
    const [values, labels] = [text.split(BETWEEN), label.split(BETWEEN)]
    if (values.length === 1 || values.length !== labels.length) yield { role, label, text }
    else for (const [at, value] of values.entries()) yield { role, label: labels[at] ?? '', text: value }
  }
}

const BETWEEN = /[^\S\n]*:::[^\S\n]*/

function isContact(role: ColumnRole): role is ContactRole {
  return contactRoles.includes(role)
}

function listIn(cell: string, column: Column): string[] {
  const softly = column.role === 'groups' ? { semicolon: column.plural, comma: column.plural } : referenceList
  return splitList(cell, softly).map((value) => cleanText(value).replace(/^\* /, ''))
}

/** Names may hold a comma (`Lefèvre, Zoé`); whether one parts two people is seen when they are looked up. */
const referenceList = { semicolon: true, comma: false }
