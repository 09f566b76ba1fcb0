import type { UpdateBody } from '../../contract/alerts.ts'
import { type Actor, displayNameOf } from '../../domain/access/role.ts'
import type { Alert, UpdateTexts } from '../../domain/alerts/alert.ts'
import { audited } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { outletsOf } from '../dispatch/outlets-of.ts'
import { priorityOf } from '../dispatch/plan-due-steps.ts'
import { commitOnce, findDone, type Once } from '../once.ts'
import { endedOtherwise } from './close-alert.ts'
import { findAlert } from './find-alert.ts'

/**
 * Says something new to the recipients of an open alert: at once to every contact point of the chosen ones where
 * anything of it may have arrived, and with the next step to those who have heard nothing yet. Answers stay as they are.
 *
 * @throws Problem `alert.unknown`, `alert.ended` when it is not open any more, `idempotency.mismatch`
 */
export async function updateAlert(
  deps: Deps,
  actor: Actor,
  alertId: string,
  body: UpdateBody,
  once: Once | null,
): Promise<Alert> {
  const alert = await findAlert(deps, alertId)
  if (once && (await findDone(deps, actor, once))) return alert
  if (alert.state !== 'open') throw endedOtherwise()
  const { alerts, outbox } = deps.store
  const now = deps.clock()
  const { audience } = body
  const by = displayNameOf(actor)
  const id = deps.newId()
  const texts: UpdateTexts = body.texts ?? (body.text ? { [alert.manifest.fallbackLanguage]: body.text } : {})
  const note = { id: deps.newId(), alertId, at: now, kind: 'updated', recipientId: null, data: { by, audience } }
  const statements = [
    alerts.requireOpen(alertId),
    alerts.addUpdate({ id, alertId, at: now, by, audience, texts }),
    ...outbox.queueUpdate(id, now, priorityOf(alert), outletsOf(deps)),
    alerts.note(note),
    audited(deps, actor, 'alert.update', alertId, { audience, update: id }),
  ]
  await commitOnce(deps, actor, once, statements, {}).catch(async (error: unknown) => {
    throw (await findAlert(deps, alertId)).state === 'open' ? error : endedOtherwise()
  })
  deps.nudge()
  return findAlert(deps, alertId)
}
