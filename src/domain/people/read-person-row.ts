import { isVisible } from '../clean-input.ts'
import type { ColumnRole } from './column-names.ts'
import type { Column } from './guess-columns.ts'
import { cleanText } from './normalize-name.ts'
import type { PersonDraft } from './person.ts'
import { readContactCells } from './read-contact-cells.ts'
import { readLanguage } from './read-language.ts'
import { readTimeZone } from './read-time-zone.ts'
import type { RowProblem } from './row-problem.ts'
import { splitList } from './split-list.ts'
import { unguardCell } from './unguard-cell.ts'

export interface PersonRow {
  /** Absent when the row does not say who it is about. */
  person?: PersonDraft
  problems: RowProblem[]
}

/** Readers that remember their answers, since a column of languages has few different values. */
export interface RowReaders {
  language(text: string): string | undefined
  timeZone(text: string): string | undefined
}

export function makeRowReaders(): RowReaders {
  return { language: remember(readLanguage), timeZone: remember(readTimeZone) }
}

/** One person out of the cells of one row, with everything that is wrong about it. */
export function readPersonRow(cells: string[], columns: Column[], region: string, readers: RowReaders): PersonRow {
  const cellAt = (index: number | undefined) => (index === undefined ? '' : unguardCell(cells[index] ?? ''))
  const cellOf = (column: Column) => cellAt(column.index)
  const textOf = (role: ColumnRole) => {
    const column = columns.find((candidate) => candidate.role === role)
    return column ? cleanText(cellOf(column)) : ''
  }
  const listOf = (role: ColumnRole) =>
    columns.filter((column) => column.role === role).flatMap((column) => listIn(cellOf(column), column))

  const name = textOf('name') || cleanText(`${textOf('firstName')} ${textOf('middleName')} ${textOf('lastName')}`)
  const contacts = readContactCells(columns, cellOf, (column) => cellAt(column.labelIndex), region)
  const problems = [...contacts.problems]
  if (!isVisible(name)) {
    problems.unshift({ field: 'name', code: 'person.no_name', reason: 'This row names nobody.', severity: 'refused' })
    return { problems }
  }
  const person: PersonDraft = {
    name,
    groups: listOf('groups'),
    deputies: listOf('deputy'),
    contactPoints: contacts.contactPoints,
  }
  const calls = listOf('calls')
  if (calls.length > 0) person.calls = calls
  for (const role of ['externalId', 'duty', 'reportsTo'] as const) {
    const text = textOf(role)
    if (text !== '') person[role] = text
  }
  const long = findTooLong(person)
  if (long) problems.unshift(long)
  readSetting('language', textOf('language'))
  readSetting('timeZone', textOf('timeZone'))
  if (person.contactPoints.length === 0 && problems.length === 0) {
    const reason = `${name} has no phone number and no mail address in this file.`
    problems.push({ field: 'row', code: 'person.no_contact_point', reason, severity: 'warning' })
  }
  return { person, problems }

  function readSetting(field: 'language' | 'timeZone', text: string) {
    if (text === '') return
    const value = readers[field](text)
    if (value !== undefined) person[field] = value
    else problems.push(unknownSetting(field, text))
  }
}

/** The same lengths as where a person is typed: a longer text is a cell that has swallowed others. */
function findTooLong({ name, externalId = '', duty = '', groups }: PersonDraft): RowProblem | undefined {
  const field =
    name.length > 200
      ? 'name'
      : externalId.length > 100
        ? 'externalId'
        : duty.length > 100
          ? 'duty'
          : groups.length > 50 || groups.some((group) => group.length > 100)
            ? 'groups'
            : undefined
  if (field === undefined) return undefined
  return { field, code: 'row.too_long', reason: 'This is longer than such a text can be.', severity: 'refused' }
}

function listIn(cell: string, column: Column): string[] {
  const softly = column.role === 'groups' ? { semicolon: column.plural, comma: column.plural } : referenceList
  return splitList(cell, softly).map((value) => cleanText(value).replace(/^\* /, ''))
}

/** Names may hold a comma (`Lefèvre, Zoé`); whether one parts two people is seen when they are looked up. */
const referenceList = { semicolon: true, comma: false }

function unknownSetting(field: 'language' | 'timeZone', text: string): RowProblem {
  return field === 'language'
    ? {
        field,
        code: 'language.unknown',
        reason: `${text} is no language that is known here. Write a code such as en, de, fr.`,
        severity: 'refused',
      }
    : {
        field,
        code: 'time_zone.unknown',
        reason: `${text} is no time zone. Write a name such as Europe/Paris; offsets are wrong for half of the year.`,
        severity: 'refused',
      }
}

function remember(read: (text: string) => string | undefined): (text: string) => string | undefined {
  const answers = new Map<string, string | undefined>()
  return (text) => {
    if (!answers.has(text)) answers.set(text, read(text))
    return answers.get(text)
  }
}
