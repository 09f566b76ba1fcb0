import type { Actor } from '../../domain/access/role.ts'
import type { Alert } from '../../domain/alerts/alert.ts'
import { Problem } from '../../domain/errors.ts'
import type { Deps } from '../deps.ts'
import { endStatements } from './end-alert.ts'
import { findAlert } from './find-alert.ts'

/**
 * Ends an alert with the all-clear. So it does when the lifetime had ended before: that is no all-clear. Closing what
 * somebody has ended already changes nothing.
 *
 * @throws Problem `alert.unknown`
 */
export async function closeAlert(deps: Deps, actor: Actor, id: string): Promise<Alert> {
  const alert = await findAlert(deps, id)
  if (alert.state !== 'open' && alert.state !== 'expired') return alert
  await deps.store.commit(endStatements(deps, actor, alert, 'closed'))
  deps.nudge()
  return findAlert(deps, id)
}

/**
 * Calls an alert off, or says that it was sent in error. Doing so twice is doing it once.
 *
 * @param remark what is said beside that, as it was written; null for nothing
 * @throws Problem `alert.unknown`, `alert.ended` when it has ended otherwise: then people were told something else
 */
export async function cancelAlert(
  deps: Deps,
  actor: Actor,
  id: string,
  state: 'cancelled' | 'in_error',
  remark: string | null,
): Promise<Alert> {
  const alert = await findAlert(deps, id)
  if (alert.state === state) return alert
  await deps.store.commit(endStatements(deps, actor, alert, state, remark))
  deps.nudge()
  const after = await findAlert(deps, id)
  if (after.state !== state) throw endedOtherwise()
  return after
}

/** What was asked for needs an open alert, and this one has ended. */
export function endedOtherwise(): Problem {
  return new Problem('conflict', 'alert.ended', 'This alert has ended already. Look at its board for how.')
}
