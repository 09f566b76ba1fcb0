import type { Absence } from '../../contract/people.ts'
import type { Actor } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { toIso } from '../alerts/view-alert.ts'
import type { Deps } from '../deps.ts'
import { readAbsence } from './read-absence.ts'
import { findPerson, updatePerson } from './save-person.ts'

/** Until when the signed-in person is away. @throws Problem `account.no_person` */
export async function showMyAbsence(deps: Deps, actor: Actor): Promise<Absence> {
  const { awayUntil } = await findPerson(deps, personOf(actor))
  return { until: awayUntil === null || awayUntil <= deps.clock() ? null : toIso(awayUntil) }
}

/** Deputies stand in until then. @throws Problem `account.no_person`, `person.stale`, `absence.past`, `absence.too_long` */
export async function setMyAbsence(deps: Deps, actor: Actor, { until }: Absence): Promise<Absence> {
  readAbsence(until, 'until', deps.clock())
  await updatePerson(deps, actor, personOf(actor), null, { awayUntil: until })
  return showMyAbsence(deps, actor)
}

function personOf(actor: Actor): string {
  if (actor.kind === 'account' && actor.personId !== null) return actor.personId
  throw new Problem('conflict', 'account.no_person', 'This account is not linked to a person who can be alerted.')
}
