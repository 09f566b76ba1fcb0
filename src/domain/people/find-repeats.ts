import { each, type Steps } from '../steps.ts'
import { addressKeys, contactKey } from './contact-key.ts'
import { normalizeName } from './normalize-name.ts'
import type { PersonDraft } from './person.ts'
import type { RowProblem } from './row-problem.ts'

interface FileRow {
  line: number
  person?: PersonDraft
  problems: RowProblem[]
}

/**
 * Adds to the rows what only shows beside other rows: the same person twice (`person.duplicate_in_file`, the later one
 * refused) and a contact point that two people share (`contact.shared`, a warning).
 */
export function* findRepeats(rows: FileRow[]): Steps<void> {
  const byExternalId = new Map<string, number>()
  const byNameAndAddress = new Map<string, { line: number; externalId: string | undefined }>()
  const byContact = new Map<string, { line: number; name: string }>()
  yield* each(rows, 1_000, ({ line, person, problems }) => {
    if (!person) return
    const identity = identityKeys(person)
    const repeated = findEarlier(person.externalId, identity, byExternalId, byNameAndAddress)
    if (repeated) {
      const reason = `${person.name} is already on line ${repeated.line} of this file.`
      problems.push({ field: repeated.field, code: 'person.duplicate_in_file', reason, severity: 'refused' })
      return
    }
    const keys = person.contactPoints.map(contactKey)
    const at = keys.findIndex((key) => byContact.has(key))
    const [shared, other] = [person.contactPoints[at], byContact.get(keys[at] ?? '')]
    if (shared && other) {
      const reason = `${shared.address} also belongs to ${other.name} on line ${other.line}.`
      const field = shared.kind === 'email' || shared.kind === 'webhook' ? shared.kind : 'phone'
      problems.unshift({ field, code: 'contact.shared', reason, severity: 'warning' })
    }
    if (person.externalId !== undefined) byExternalId.set(person.externalId, line)
    for (const key of identity) byNameAndAddress.set(key, { line, externalId: person.externalId })
    for (const key of keys) {
      if (!byContact.has(key)) byContact.set(key, { line, name: person.name })
    }
  })
}

function findEarlier(
  externalId: string | undefined,
  identity: readonly string[],
  byExternalId: Map<string, number>,
  byNameAndAddress: Map<string, { line: number; externalId: string | undefined }>,
): { line: number; field: string } | undefined {
  const line = externalId === undefined ? undefined : byExternalId.get(externalId)
  if (line !== undefined) return { line, field: 'externalId' }
  for (const key of identity) {
    const earlier = byNameAndAddress.get(key)
    const bothHaveIds = externalId !== undefined && earlier?.externalId !== undefined
    if (earlier && !bothHaveIds) return { line: earlier.line, field: 'row' }
  }
  return undefined
}

function identityKeys(person: PersonDraft): string[] {
  const name = normalizeName(person.name)
  return Array.from(addressKeys(person.contactPoints), (key) => `${name} ${key}`)
}
