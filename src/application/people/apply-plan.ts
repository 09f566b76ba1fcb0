import type { ContactPointDraft, PersonDraft } from '../../domain/people/person.ts'
import type { PlannedRow } from '../../domain/people/plan-import.ts'
import { each, type Steps } from '../../domain/steps.ts'
import type { Deps } from '../deps.ts'
import type { ContactPoint, Person } from '../ports/people-store.ts'

/** The people as they are once the created and changed rows of a plan are applied. */
export function* applyPlan(
  deps: Deps,
  rows: readonly PlannedRow[],
  known: readonly Person[],
): Steps<Map<PlannedRow, Person>> {
  const byId = new Map(known.map((person) => [person.id, person]))
  const result = new Map<PlannedRow, Person>()
  yield* each(rows, 1_000, (row) => {
    const person = row.person === undefined ? undefined : byId.get(row.person)
    if (row.outcome === 'created' && row.draft) result.set(row, toNewPerson(deps, row.draft))
    if (row.outcome === 'changed' && row.change && person) result.set(row, changePerson(deps, person, row.change))
    if (row.outcome === 'unchanged' && person) result.set(row, person)
  })
  return result
}

/** A person who did not exist before; without a language of their own they get the organisation's. */
export function toNewPerson(deps: Deps, draft: PersonDraft): Person {
  return {
    id: deps.newId(),
    version: 1,
    externalId: draft.externalId ?? null,
    name: draft.name,
    language: draft.language ?? deps.settings.language,
    timeZone: draft.timeZone ?? null,
    groups: draft.groups,
    duty: draft.duty ?? null,
    awayUntil: null,
    contactPoints: draft.contactPoints.map((point, position) => toContactPoint(deps, point, position)),
  }
}

export function toContactPoint(deps: Deps, draft: ContactPointDraft, position: number): ContactPoint {
  return {
    id: deps.newId(),
    kind: draft.kind,
    address: draft.address,
    extension: draft.extension ?? null,
    label: draft.label,
    position,
    status: 'unverified',
    marks: draft.marks,
    lastProofAt: null,
  }
}

function changePerson(deps: Deps, person: Person, change: NonNullable<PlannedRow['change']>): Person {
  const removed = new Set(change.removed)
  const kept = person.contactPoints.filter((point) => !removed.has(point))
  return {
    ...person,
    version: person.version + 1,
    externalId: change.externalId ?? null,
    name: change.name,
    language: change.language ?? person.language,
    timeZone: change.timeZone ?? null,
    groups: change.groups,
    duty: change.duty ?? null,
    contactPoints: [
      ...kept.map((point, position) => ({ ...point, position })),
      ...change.added.map((point, index) => toContactPoint(deps, point, kept.length + index)),
    ],
  }
}
