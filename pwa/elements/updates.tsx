import type { AlertView } from '../../src/contract/alerts.ts'
import { formatMoment } from '../format.ts'
import { texts } from '../texts.ts'

/** What was said later, newest first. */
export function Updates({ alert, now }: { alert: AlertView; now: number }) {
  if (alert.updates.length === 0 && !alert.endRemark) return null
  return (
    <section class="card" aria-labelledby="updates-title" data-testid="updates">
      <h2 id="updates-title">{texts.steer.updates}</h2>
      {alert.endRemark && <p class="message-body">{alert.endRemark}</p>}
      <ol class="updates">
        {alert.updates.toReversed().map((update) => (
          <li key={update.number}>
            <p class="quiet">
              {texts.steer.updateLine(
                formatMoment(update.at, now),
                update.by,
                texts.steer.audienceName[update.audience],
              )}
            </p>
            <p class="message-body">{update.body}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}
