import type { Actor } from '../../domain/access/role.ts'
import { writePeopleCsv } from '../../domain/people/write-people-csv.ts'
import { audited } from '../audited.ts'
import type { Deps } from '../deps.ts'

/** Everybody as a CSV that the import reads back. Who took the contact list away is in the audit log. */
export async function exportPeople(deps: Deps, actor: Actor): Promise<string> {
  const people = await deps.store.people.all()
  await deps.store.commit([audited(deps, actor, 'people.export', null, { people: people.length })])
  return writePeopleCsv(people)
}
