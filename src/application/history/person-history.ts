import type { PersonVersionView } from '../../contract/history.ts'
import { type Actor, nameOf } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { toIso } from '../alerts/view-alert.ts'
import { auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { viewPerson } from '../people/view-person.ts'
import type { Person, PersonVersion } from '../ports/people-store.ts'
import type { Rows, Statement } from '../ports/statement.ts'
import { nameActors } from './name-actors.ts'

/** What somebody was and is, newest first, also of those who were taken out. @throws Problem `person.unknown` */
export async function showPersonHistory(deps: Deps, id: string): Promise<PersonVersionView[]> {
  const versions = await readVersions(deps, id)
  const nameIt = await nameActors(
    deps,
    versions.map(({ by }) => by),
  )
  return versions.map(({ person, at, by, removed }) => ({
    version: person.version,
    at: toIso(at),
    by: nameIt(by),
    removed,
    person: viewPerson(person),
  }))
}

/**
 * Makes somebody what they were once, as their next version; whoever was taken out comes back.
 *
 * @throws Problem `person.unknown`, `person.version_unknown`, `person.stale`, `person.external_id_taken`
 */
export async function bringBackPerson(
  deps: Deps,
  actor: Actor,
  id: string,
  version: number,
  seen: number | null,
): Promise<Person> {
  const versions = await readVersions(deps, id)
  const [current] = versions
  const wanted = versions.find(({ person, removed }) => person.version === version && !removed)
  if (!current || !wanted) {
    throw new Problem('missing', 'person.version_unknown', `There is no version ${version} to bring back.`, {
      field: 'version',
    })
  }
  if (seen !== null && seen !== current.person.version) throw stale()
  const back = asNext(wanted, current)
  const statements = [
    ...deps.store.people.bringBack([back], deps.clock(), nameOf(actor)),
    auditedIfChanged(deps, actor, 'person.bring_back', id, { version }),
  ]
  const rows = await commitUnlessTaken(deps, statements)
  if (rows.at(-2)?.length !== 1) throw stale()
  return back
}

/** An earlier state as the next version. Whether somebody is away is not the list's: it stays as it is. */
export function asNext(wanted: PersonVersion, current: PersonVersion): Person {
  return { ...wanted.person, version: current.person.version + 1, awayUntil: current.person.awayUntil }
}

/** @throws Problem `person.external_id_taken`, `tree.name_taken` */
export async function commitUnlessTaken(deps: Deps, statements: readonly Statement[]): Promise<Rows[]> {
  try {
    return await deps.store.commit(statements)
  } catch (error) {
    if (/trees\.name|trees_name/.test(String(error))) {
      throw new Problem('conflict', 'tree.name_taken', 'Another tree has the name by now. Change its name first.')
    }
    if (!/people\.external_id|people_external_id/.test(String(error))) throw error
    const message = 'Somebody else has the external id by now. Change theirs first.'
    throw new Problem('conflict', 'person.external_id_taken', message, { field: 'externalId' })
  }
}

async function readVersions(deps: Deps, id: string): Promise<PersonVersion[]> {
  const versions = await deps.store.people.versions(id)
  if (versions.length > 0) return versions
  throw new Problem('missing', 'person.unknown', 'There is no such person.')
}

function stale(): Problem {
  return new Problem('stale', 'person.stale', 'Somebody else changed this person meanwhile. Look again and repeat.')
}
