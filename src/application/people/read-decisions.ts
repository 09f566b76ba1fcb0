import type { ImportDecisions } from '../../contract/people.ts'
import { Problem } from '../../domain/errors.ts'
import type { Decisions } from '../../domain/people/match-people.ts'
import type { ImportPlan } from '../../domain/people/plan-import.ts'
import type { PeopleFile } from '../../domain/people/read-people-file.ts'
import type { Person } from '../ports/people-store.ts'

/** @throws Problem `import.decision` where a line or a person is not there */
export function readDecisions(
  { decisions }: ImportDecisions,
  file: PeopleFile,
  everybody: readonly Person[],
): Decisions {
  const read = new Map<number, string>()
  if (decisions.length === 0) return read
  const lines = new Set(file.rows.map(({ line }) => line))
  const ids = new Map(everybody.flatMap(({ id, externalId }) => (externalId === null ? [] : [[externalId, id]])))
  for (const { id } of everybody) ids.set(id, id)
  for (const { line, person } of decisions) {
    const id = person === 'new' ? person : ids.get(person)
    if (!lines.has(line)) throw refuse(`No row begins on line ${line} of this file.`)
    if (id === undefined) throw refuse(`Line ${line} is said to be about somebody who is not known: ${person}.`)
    read.set(line, id)
  }
  return read
}

/** @throws Problem `import.not_missing` for somebody who is in the file, or not here */
export function findRemoved({ remove }: ImportDecisions, plan: ImportPlan, everybody: readonly Person[]): Person[] {
  if (remove.length === 0) return []
  const missing = new Set(plan.rows.flatMap(({ outcome, person }) => (outcome === 'missing' && person ? [person] : [])))
  const wanted = new Set(remove)
  const found = everybody.filter(({ id }) => wanted.has(id) && missing.has(id))
  if (found.length === wanted.size) return found
  const message = 'Only people who are missing from this file can be taken out with it. Somebody on the list is not.'
  throw new Problem('conflict', 'import.not_missing', message, { field: 'remove' })
}

function refuse(message: string): Problem {
  return new Problem('invalid', 'import.decision', message, { field: 'decisions' })
}
