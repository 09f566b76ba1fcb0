import type { AlertBody } from '../../contract/alerts.ts'
import { type Actor, displayNameOf } from '../../domain/access/role.ts'
import type { Alert } from '../../domain/alerts/alert.ts'
import { warningTime } from '../../domain/alerts/lifetime.ts'
import { millisecondsOf } from '../../domain/duration.ts'
import { audited } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { seatNext } from '../dispatch/expand-audiences.ts'
import { commitOnce, findDone, type Once } from '../once.ts'
import { chooseCode } from './choose-code.ts'
import { prepareAlert } from './prepare-alert.ts'

/**
 * Raises an alert in one atomic write: the alert, its frozen audience (as references to immutable tree versions, with
 * the first recipients already seated), the audit entry and the idempotency key.
 *
 * @throws Problem `template.unknown`, `tree.unknown`, `alert.empty_audience`, `key.may_not_raise`
 */
export async function raiseAlert(deps: Deps, actor: Actor, body: AlertBody, once: Once | null): Promise<Alert> {
  const earlier = once && (await findDone<{ id: string }>(deps, actor, once))
  if (earlier) return existing(deps, earlier.result.id)

  const { manifest, audience } = await prepareAlert(deps, actor, body)
  const now = deps.clock()
  const endsAt = now + millisecondsOf(manifest.template.lifetime)
  const alert: Alert = {
    id: deps.newId(),
    kind: body.kind,
    state: 'open',
    code: await chooseCode(deps),
    manifest,
    audience,
    raisedAt: now,
    raisedBy: displayNameOf(actor),
    endsAt,
    warnAt: warningTime(now, endsAt),
    closedAt: null,
    closedBy: null,
    endRemark: null,
    updates: [],
  }
  const { strategy } = manifest.template
  const decides = strategy !== 'broadcast' || (await deps.store.strategies.hasAbsentOrDeputies(manifest.trees, now))
  const data = { kind: alert.kind, template: manifest.template.name, trees: manifest.trees, audience }
  const { result } = await commitOnce(
    deps,
    actor,
    once,
    [
      deps.store.alerts.insert(alert, decides),
      ...(await seatNext(deps, alert, 0)),
      deps.store.alerts.note({
        id: deps.newId(),
        alertId: alert.id,
        at: now,
        kind: 'raised',
        recipientId: null,
        data: { ...data, by: displayNameOf(actor) },
      }),
      audited(deps, actor, 'alert.raise', alert.id, data),
    ],
    { id: alert.id },
  )
  deps.nudge()
  return existing(deps, result.id)
}

async function existing(deps: Deps, id: string): Promise<Alert> {
  const alert = await deps.store.alerts.find(id)
  if (!alert) throw new Error('an alert that was raised is not there')
  return alert
}
