import type { DirectoryPerson } from '../../domain/directory/read-user.ts'
import { reconcilePoints } from '../../domain/directory/reconcile-points.ts'
import { contactKey } from '../../domain/people/contact-key.ts'
import type { Deps } from '../deps.ts'
import { toContactPoint } from '../people/apply-plan.ts'
import type { Person } from '../ports/people-store.ts'

interface Changed {
  /** At the next version; null when nothing of the person changes. */
  person: Person | null
  /** Ids of the contact points that the directory brought. */
  points: string[]
}

/**
 * A person after what a directory says. What it does not say takes nothing away; duty, absence, proofs and devices are not
 * its to change.
 *
 * @param before what it said the last time; null when everything counts
 * @param brought ids of the contact points that it brought
 */
export function changePerson(
  deps: Deps,
  person: Person,
  said: DirectoryPerson,
  before: DirectoryPerson | null,
  brought: readonly string[],
): Changed {
  const pick = <Field extends 'name' | 'externalId' | 'language' | 'timeZone'>(field: Field) =>
    said[field] !== undefined && said[field] !== before?.[field] ? said[field] : undefined
  const fields = {
    name: pick('name') ?? person.name,
    externalId: pick('externalId') ?? person.externalId,
    language: pick('language') ?? person.language,
    timeZone: pick('timeZone') ?? person.timeZone,
  }
  const present = person.contactPoints
  const { kept, added } =
    before && keysOf(before) === keysOf(said)
      ? { kept: present, added: [] }
      : reconcilePoints(present, said.contactPoints, new Set(brought))
  const fresh = added.map((draft, index) => toContactPoint(deps, draft, kept.length + index))
  const points = [...kept.filter(({ id }) => brought.includes(id)), ...fresh].map(({ id }) => id)
  const same =
    fresh.length === 0 &&
    kept.length === present.length &&
    (Object.keys(fields) as (keyof typeof fields)[]).every((field) => fields[field] === person[field])
  if (same) return { person: null, points }
  const contactPoints = [...kept, ...fresh].map((point, position) => ({ ...point, position }))
  return { person: { ...person, ...fields, version: person.version + 1, contactPoints }, points }
}

function keysOf({ contactPoints }: DirectoryPerson): string {
  return contactPoints.map(contactKey).join('\n')
}
