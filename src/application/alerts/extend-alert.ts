import { type Actor, displayNameOf } from '../../domain/access/role.ts'
import type { Alert } from '../../domain/alerts/alert.ts'
import { laterEnd, warningTime } from '../../domain/alerts/lifetime.ts'
import { DAY } from '../../domain/clock.ts'
import { millisecondsOf } from '../../domain/duration.ts'
import { Problem } from '../../domain/errors.ts'
import { auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { endedOtherwise } from './close-alert.ts'
import { findAlert } from './find-alert.ts'

const LONGEST = 30 * DAY

/**
 * Lets an open alert go on: for the lifetime of its template from now, or for as long as is said. It never ends earlier
 * for that, and a second tap changes nothing.
 *
 * @param howLong ISO 8601 duration of up to thirty days; null for the template's lifetime
 * @throws Problem `alert.unknown`, `alert.ended`, `alert.duration`
 */
export async function extendAlert(deps: Deps, actor: Actor, id: string, howLong: string | null): Promise<Alert> {
  const alert = await findAlert(deps, id)
  if (alert.state !== 'open') throw endedOtherwise()
  const now = deps.clock()
  const endsAt = laterEnd(alert.endsAt, now, lengthOf(howLong ?? alert.manifest.template.lifetime))
  if (endsAt === null) return alert
  const { alerts } = deps.store
  const data = { by: displayNameOf(actor), until: endsAt }
  await deps.store.commit([
    alerts.extend(id, endsAt, warningTime(now, endsAt)),
    alerts.noteIfChanged({ id: deps.newId(), alertId: id, at: now, kind: 'extended', recipientId: null, data }),
    auditedIfChanged(deps, actor, 'alert.extend', id, { until: endsAt }),
  ])
  deps.nudge()
  const after = await findAlert(deps, id)
  if (after.state !== 'open') throw endedOtherwise()
  return after
}

function lengthOf(duration: string): number {
  const refused = (message: string) => new Problem('invalid', 'alert.duration', message, { field: 'for' })
  try {
    const milliseconds = millisecondsOf(duration)
    if (milliseconds > 0 && milliseconds <= LONGEST) return milliseconds
  } catch {
    throw refused('Say it in weeks to seconds, such as "PT4H".')
  }
  throw refused('An alert can go on for up to thirty days at a time.')
}
