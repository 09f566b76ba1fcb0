import { isVisible } from '../clean-input.ts'
import type { PersonDraft } from './person.ts'
import type { ContactCells } from './read-contacts.ts'
import { readLanguage } from './read-language.ts'
import { readTimeZone } from './read-time-zone.ts'
import type { RowProblem } from './row-problem.ts'

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

/** What a file says about a person beside the ways to reach them, as text. */
export interface PersonTexts extends Omit<PersonDraft, 'contactPoints'> {
  language: string
  timeZone: string
}

/**
 * A person out of what a file says, with everything that is wrong about it.
 *
 * @param unknownSetting how grave it is when the language or time zone is none that is known here
 */
export function assemblePerson(
  { language, timeZone, ...texts }: PersonTexts,
  contacts: ContactCells,
  readers: RowReaders,
  unknownSetting: RowProblem['severity'],
): PersonRow {
  const problems = [...contacts.problems]
  if (!isVisible(texts.name)) {
    problems.unshift({ field: 'name', code: 'person.no_name', reason: 'This row names nobody.', severity: 'refused' })
    return { problems }
  }
  const person: PersonDraft = { ...texts, contactPoints: contacts.contactPoints }
  const long = findTooLong(person)
  if (long) problems.unshift(long)
  readSetting('language', language)
  readSetting('timeZone', timeZone)
  if (person.contactPoints.length === 0 && problems.length === 0) {
    const reason = `${person.name} has no phone number and no mail address in this file.`
    problems.push({ field: 'row', code: 'person.no_contact_point', reason, severity: 'warning' })
  }
  return { person, problems }

  function readSetting(field: 'language' | 'timeZone', text: string) {
    if (text === '') return
    const value = readers[field](text)
    if (value !== undefined) person[field] = value
    else problems.push({ field, severity: unknownSetting, ...unknown[field](text) })
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

const unknown = {
  language: (text: string) => ({
    code: 'language.unknown',
    reason: `${text} is no language that is known here. Write a code such as en, de, fr.`,
  }),
  timeZone: (text: string) => ({
    code: 'time_zone.unknown',
    reason: `${text} is no time zone. Write a name such as Europe/Paris; offsets are wrong for half of the year.`,
  }),
}

function remember(read: (text: string) => string | undefined): (text: string) => string | undefined {
  const answers = new Map<string, string | undefined>()
  return (text) => {
    if (!answers.has(text)) answers.set(text, read(text))
    return answers.get(text)
  }
}
