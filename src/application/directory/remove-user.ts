import { type Actor, nameOf } from '../../domain/access/role.ts'
import { judgeRemoval, REMOVALS_COUNTED, removalLimit } from '../../domain/directory/removal-limit.ts'
import { audited } from '../audited.ts'
import type { Deps } from '../deps.ts'
import type { Person } from '../ports/people-store.ts'
import type { Statement } from '../ports/statement.ts'
import { findVisible } from './find-user.ts'
import { requireVersion, tryAgain } from './try-again.ts'

/**
 * Lets a directory delete a user. The person is taken out, or stays as reachable as before until a human has decided:
 * the directory is answered the same, since it would only ask again.
 *
 * @throws Problem `directory.unknown`, `directory.stale`
 */
export function removeUser(deps: Deps, actor: Actor, id: string, version: number | null): Promise<void> {
  return tryAgain(async () => {
    const { directory, people } = deps.store
    const row = await findVisible(deps, id)
    requireVersion(row.version, version)
    const [person] = await people.find([id])
    // Whom it deactivated before it has taken out already, or a human decides about that.
    const removal = person && row.state === 'active' ? await planRemoval(deps, actor, person, 'deleted') : null
    await deps.store.commit([
      directory.requireUser(id, row.version),
      ...(removal?.statements ?? []),
      directory.saveUser({ ...row, version: row.version + 1, state: 'deleted', updatedAt: deps.clock() }),
      audited(deps, actor, 'directory.delete_user', id),
    ])
  })
}

/** What a removal by a directory comes to: it is done, or waits for a human with the reason. */
export async function planRemoval(
  deps: Deps,
  actor: Actor,
  person: Person,
  how: 'deactivated' | 'deleted',
): Promise<{ outcome: 'done' | 'waiting'; statements: Statement[] }> {
  const { directory, people } = deps.store
  const now = deps.clock()
  const since = now - REMOVALS_COUNTED
  const facts = await directory.removalFacts(person.id, since)
  const reason = judgeRemoval(facts)
  const outcome = reason === null ? 'done' : 'waiting'
  const note = directory.noteRemoval({
    id: deps.newId(),
    personId: person.id,
    at: now,
    by: nameOf(actor),
    how,
    reason,
    outcome,
  })
  if (reason !== null) {
    return { outcome, statements: [note, audited(deps, actor, 'person.propose_removal', person.id, { how, reason })] }
  }
  return {
    outcome,
    statements: [
      directory.requirePeople([person]),
      directory.requireRemovable(person.id, since, removalLimit(facts.people)),
      note,
      ...people.remove([person], now, nameOf(actor)),
      audited(deps, actor, 'person.remove', person.id, { how }),
    ],
  }
}
