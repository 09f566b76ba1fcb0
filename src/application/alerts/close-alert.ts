import { type Actor, displayNameOf } from '../../domain/access/role.ts'
import type { Alert } from '../../domain/alerts/alert.ts'
import { auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { priorityOf } from '../dispatch/plan-due-steps.ts'
import { findAlert } from './find-alert.ts'

/**
 * Ends an alert: what has not left is stopped, and whoever may have received it gets the all-clear.
 * So it does when the lifetime had ended before: that is no all-clear. Closing what is closed changes nothing.
 *
 * @throws Problem `alert.unknown`
 */
export async function closeAlert(deps: Deps, actor: Actor, id: string): Promise<Alert> {
  const alert = await findAlert(deps, id)
  if (alert.state === 'closed') return alert
  const { store } = deps
  const now = deps.clock()
  await store.commit([
    store.alerts.end(id, 'closed', displayNameOf(actor), now),
    store.alerts.noteIfChanged({
      id: deps.newId(),
      alertId: id,
      at: now,
      kind: 'closed',
      recipientId: null,
      data: { by: displayNameOf(actor) },
    }),
    auditedIfChanged(deps, actor, 'alert.close', id),
    store.outbox.cancelQueued(id),
    store.outbox.stopPlan(id, now),
    store.outbox.queueEnd(id, 'all_clear', now, priorityOf(alert)),
    store.outbox.markMissed(id, now),
  ])
  deps.nudge()
  return findAlert(deps, id)
}
