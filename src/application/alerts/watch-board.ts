import type { BoardEvent } from '../../contract/alerts.ts'
import type { Deps } from '../deps.ts'
import { findAlert } from './find-alert.ts'
import { listUnclear, showAlert, viewRecipients, viewTimeline } from './show-alerts.ts'
import { toIso } from './view-alert.ts'

/** How often the board looks for what has changed: well below the second that a viewer may wait. */
const LOOK_EVERY = 400
const MOST_AT_ONCE = 500
/** Without news, a sign of life goes out this often, so that the screen knows that it is not cut off. */
const SIGN_OF_LIFE = 15_000

/**
 * What happens to an alert, as it happens: first a snapshot, then what changed. Reads are small and cost the same at
 * any size. Ends when the signal is aborted, or when this run may ask the database nothing more: whoever watches comes
 * again and gets a new snapshot.
 *
 * @throws Problem `alert.unknown`
 */
export async function* watchBoard(deps: Deps, id: string, signal: AbortSignal): AsyncGenerator<BoardEvent> {
  const { store } = deps
  const alert = await findAlert(deps, id)
  let newest = (await store.alerts.lastChange(id)) ?? alert.raisedAt
  let seen = new Set<string>()
  let entry = (await store.alerts.lastEntry(id)) ?? null
  let state = ''
  let saidAt = 0
  while (!signal.aborted && !deps.spent?.aborted) {
    const view = await showAlert(deps, id)
    const changed = (await store.alerts.changedSince(id, newest, MOST_AT_ONCE)).filter(
      (recipient) => !(recipient.changedAt === newest && seen.has(recipient.id)),
    )
    const records = await store.alerts.timeline(id, entry, MOST_AT_ONCE)
    const now = deps.clock()
    const summary = JSON.stringify(view)
    const first = state === ''
    if (summary !== state || changed.length > 0 || records.length > 0 || now - saidAt >= SIGN_OF_LIFE) {
      const last = changed.at(-1)?.changedAt ?? newest
      if (last !== newest) seen = new Set()
      for (const recipient of changed) if (recipient.changedAt === last) seen.add(recipient.id)
      newest = last
      entry = records.at(-1)?.id ?? entry
      state = summary
      saidAt = now
      yield {
        alert: view,
        recipients: first ? [] : await viewRecipients(deps, changed),
        timeline: await viewTimeline(deps, alert, records),
        unclear: await listUnclear(deps, id),
        at: toIso(now),
      }
      if (changed.length === MOST_AT_ONCE) continue
    }
    await deps.pause(LOOK_EVERY)
  }
}
