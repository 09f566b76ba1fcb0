import { type Actor, displayNameOf } from '../../domain/access/role.ts'
import type { Alert, EndState } from '../../domain/alerts/alert.ts'
import { auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { outletsOf } from '../dispatch/outlets-of.ts'
import { priorityOf } from '../dispatch/plan-due-steps.ts'
import type { Statement } from '../ports/statement.ts'

const ACTS: Record<EndState, string> = {
  closed: 'alert.close',
  expired: 'alert.expire',
  cancelled: 'alert.cancel',
  in_error: 'alert.correct',
}

/**
 * What an end does, in whatever way an alert ends: what has not left is stopped, and whoever may have received it is
 * told its end. Nothing of it happens when somebody else has ended the alert meanwhile.
 */
export function endStatements(
  deps: Deps,
  actor: Actor,
  alert: Alert,
  state: EndState,
  remark: string | null = null,
): Statement[] {
  const { alerts, outbox } = deps.store
  const now = deps.clock()
  const { id } = alert
  const data = actor.kind === 'service' ? {} : { by: displayNameOf(actor) }
  return [
    alerts.end(id, state, displayNameOf(actor), now, remark),
    alerts.noteIfChanged({ id: deps.newId(), alertId: id, at: now, kind: state, recipientId: null, data }),
    auditedIfChanged(deps, actor, ACTS[state], id),
    outbox.cancelQueued(id),
    // Those whose turn had come are known by the plan that still waits for them.
    outbox.markMissed(id, now),
    outbox.stopPlan(id, now),
    outbox.queueEnd(id, state, now, priorityOf(alert), outletsOf(deps)),
  ]
}
