import { auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { priorityOf } from './plan-due-steps.ts'

/** Ends alerts that nobody closed within their lifetime, and says so to everybody who may have received them. */
export async function expireAlerts(deps: Deps): Promise<void> {
  const { store } = deps
  const now = deps.clock()
  for (const id of await store.alerts.overdue(now)) {
    const alert = await store.alerts.find(id)
    if (!alert) continue
    await store.commit([
      store.alerts.end(id, 'expired', 'service', now),
      store.alerts.noteIfChanged({
        id: deps.newId(),
        alertId: id,
        at: now,
        kind: 'expired',
        recipientId: null,
        data: {},
      }),
      auditedIfChanged(deps, { kind: 'service' }, 'alert.expire', id),
      store.outbox.cancelQueued(id),
      store.outbox.stopPlan(id, now),
      store.outbox.queueEnd(id, 'expired', now, priorityOf(alert)),
      store.outbox.markMissed(id, now),
    ])
  }
}
