import type { BoardEnd, BoardEvent } from '../../contract/alerts.ts'
import { MINUTE, SECOND } from '../../domain/clock.ts'
import type { Deps } from '../deps.ts'
import { findAlert } from './find-alert.ts'
import { followChanges } from './follow-changes.ts'
import { listUnclear, showAlert, viewRecipients, viewTimeline } from './show-alerts.ts'
import { toIso } from './view-alert.ts'

/** How often the board looks for what has changed: well below the second that a viewer may wait. */
const LOOK_EVERY = 400
/** Without news, a sign of life goes out this often, so that the screen knows that it is not cut off. */
const SIGN_OF_LIFE = 15 * SECOND
/** How often a quiet board asks whether its viewer may still see it; one with news asks before it tells them. */
const ASK_EVERY = 5 * SECOND
/** For how long the board of an alert that has ended goes on when nothing happens any more. */
const AFTERGLOW = 10 * MINUTE

/**
 * What happens to an alert, as it happens: first a snapshot, then what changed, and a last word when the board ends: the
 * viewer may not see it any more, or the alert has ended and nothing has happened for ten minutes. Reads are small and
 * cost the same at any size. Stops without a word when the signal is aborted, and when this run may ask the database
 * nothing more: whoever watches comes again and gets a new snapshot.
 *
 * @param mayStill whether the viewer's session or key is still good for this
 * @throws Problem `alert.unknown`
 */
export async function* watchBoard(
  deps: Deps,
  id: string,
  signal: AbortSignal,
  mayStill: () => Promise<boolean>,
): AsyncGenerator<BoardEvent | BoardEnd> {
  const alert = await findAlert(deps, id)
  const look = await followChanges(deps, id)
  let state = ''
  let saidAt = 0
  let askedAt = deps.clock()
  let newsAt = askedAt
  while (!signal.aborted && !deps.spent?.aborted) {
    const view = await showAlert(deps, id)
    const { recipients, records, more } = await look()
    const now = deps.clock()
    const summary = JSON.stringify(view)
    const news = summary !== state || recipients.length > 0 || records.length > 0
    if (news) newsAt = now
    if (news || now - askedAt >= ASK_EVERY) {
      if (!(await mayStill())) return yield { ended: 'access' }
      askedAt = now
    }
    if (news || now - saidAt >= SIGN_OF_LIFE) {
      state = summary
      saidAt = now
      yield {
        alert: view,
        recipients: await viewRecipients(deps, await deps.store.alerts.recipientsById(recipients)),
        timeline: await viewTimeline(deps, alert, records),
        unclear: await listUnclear(deps, id),
        at: toIso(now),
      }
    }
    if (view.state !== 'open' && now - newsAt >= AFTERGLOW) return yield { ended: 'alert' }
    if (!more) await deps.pause(LOOK_EVERY)
  }
}
