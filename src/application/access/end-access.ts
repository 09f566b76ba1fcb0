import type { Actor } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import type { Session } from '../ports/access-store.ts'

/**
 * Takes an account away: whoever is signed in with it is out at once, and its unused link is worth nothing.
 *
 * @throws Problem `account.unknown`; `account.own`, since nobody locks themselves out by accident;
 *   `account.last_administrator`, since then nobody could invite
 */
export async function removeAccount(deps: Deps, actor: Actor, id: string): Promise<void> {
  if (actor.kind === 'account' && actor.id === id) {
    throw new Problem('conflict', 'account.own', 'This is your own account. Another administrator can remove it.')
  }
  await findAccount(deps, id)
  const { access } = deps.store
  const [removed] = await deps.store.commit([
    access.removeAccount(id, deps.clock()),
    auditedIfChanged(deps, actor, 'account.remove', id),
    // They are good for nothing any more; the rows go, so that nobody has to rely on that.
    access.forgetSessions(id),
  ])
  if (removed && removed.length > 0) return
  await findAccount(deps, id)
  const message = 'This is the last administrator: nobody could invite any more. Invite another one first.'
  throw new Problem('conflict', 'account.last_administrator', message)
}

/** Where an account is signed in now, newest first. @throws Problem `account.unknown` */
export async function listSessions(deps: Deps, accountId: string): Promise<Session[]> {
  await findAccount(deps, accountId)
  return deps.store.access.sessions(accountId, deps.clock())
}

/** Signs an account out everywhere, as for a lost phone. @throws Problem `account.unknown` */
export async function endSessions(deps: Deps, actor: Actor, accountId: string): Promise<void> {
  await findAccount(deps, accountId)
  await end(deps, actor, accountId, null)
}

/** Signs somebody's own account out in one place. @throws Problem `session.unknown` */
export async function endOwnSession(deps: Deps, actor: Actor, id: string): Promise<void> {
  const ended = actor.kind === 'account' && (await end(deps, actor, actor.id, id))
  if (!ended) throw new Problem('missing', 'session.unknown', 'You have no such session.')
}

async function end(deps: Deps, actor: Actor, accountId: string, id: string | null): Promise<boolean> {
  const [ended] = await deps.store.commit([
    deps.store.access.endSessions(accountId, id),
    auditedIfChanged(deps, actor, 'session.end', accountId, id === null ? {} : { session: id }),
  ])
  return (ended?.length ?? 0) > 0
}

async function findAccount(deps: Deps, id: string): Promise<void> {
  if (await deps.store.access.account(id)) return
  throw new Problem('missing', 'account.unknown', 'There is no such account.')
}
