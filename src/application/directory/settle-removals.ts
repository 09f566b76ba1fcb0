import { type Actor, nameOf } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { audited } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { tryAgain } from './try-again.ts'

/** People settled in one commit. */
const SLICE = 100

/**
 * Decides what a directory proposed: takes the people out, or keeps them. Of whoever changed in between nothing is done.
 *
 * @param people ids, or null for everybody for whom a removal waits now
 * @returns how many removals were decided
 * @throws Problem `removal.unknown` when none of the people has a removal that waits
 */
export async function settleRemovals(
  deps: Deps,
  actor: Actor,
  people: readonly string[] | null,
  outcome: 'confirmed' | 'rejected',
): Promise<number> {
  const waiting = await deps.store.directory.waitingOf(people)
  let settled = 0
  for (let start = 0; start < waiting.length; start += SLICE) {
    const some = waiting.slice(start, start + SLICE).map(({ id }) => id)
    settled += await tryAgain(() => settle(deps, actor, some, outcome))
    await deps.pause(0)
  }
  if (settled === 0 && people !== null) {
    throw new Problem('missing', 'removal.unknown', 'No removal of these people waits any more.')
  }
  return settled
}

/** All of them or none: whom the directory gave back meanwhile stays. */
async function settle(deps: Deps, actor: Actor, ids: readonly string[], outcome: 'confirmed' | 'rejected') {
  const { directory, people } = deps.store
  const now = deps.clock()
  const waiting = await directory.waitingOf(ids)
  if (waiting.length === 0) return 0
  await deps.store.commit([
    directory.requireWaiting(waiting.map(({ id }) => id)),
    directory.requirePeople(waiting),
    ...(outcome === 'confirmed' ? people.remove(waiting, now, nameOf(actor)) : []),
    ...waiting.flatMap(({ id }) => [
      directory.settleRemoval(id, outcome, now, nameOf(actor)),
      audited(deps, actor, outcome === 'confirmed' ? 'person.remove' : 'person.keep', id, { proposed: 'directory' }),
    ]),
  ])
  return waiting.length
}
