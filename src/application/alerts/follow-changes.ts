import type { Deps } from '../deps.ts'
import type { TimelineRecord } from '../ports/alert-store.ts'

const MOST_AT_ONCE = 500

/** What has been committed since the look before. */
interface News {
  recipients: string[]
  records: TimelineRecord[]
  /** There is more already. */
  more: boolean
}

/**
 * Reads on in what happens to an alert, in the order of the commits and not of the clocks of whoever made them, so that
 * a change which waited for its turn is not skipped. Each look costs the same at any size when nothing is new.
 */
export async function followChanges(deps: Deps, alertId: string): Promise<() => Promise<News>> {
  const { alerts } = deps.store
  const start = await alerts.newestChange(alertId)
  /** The time of the newest change that was seen, and who is known to have changed at it. */
  let at = start?.at ?? 0
  let known = new Set((start ? await alerts.changesSince(alertId, at) : []).flatMap(idIfAt(at)))
  let { number } = await alerts.entriesSince(alertId, null, MOST_AT_ONCE)
  let waiting: string[] = []

  const readChanges = async () => {
    const newest = await alerts.newestChange(alertId)
    // Nobody leaves the newest time without making a newer one: the same number of people means the same people.
    if (newest === null || (newest.at === at && newest.count === known.size)) return
    const changes = await alerts.changesSince(alertId, at)
    waiting = changes.filter(({ id, changedAt }) => changedAt > at || !known.has(id)).map(({ id }) => id)
    at = changes.at(-1)?.changedAt ?? at
    known = new Set(changes.flatMap(idIfAt(at)))
  }

  return async () => {
    if (waiting.length === 0) await readChanges()
    const recipients = waiting.slice(0, MOST_AT_ONCE)
    waiting = waiting.slice(MOST_AT_ONCE)
    const entries = await alerts.entriesSince(alertId, number, MOST_AT_ONCE)
    number = entries.number
    return { recipients, records: entries.records, more: waiting.length > 0 || entries.records.length === MOST_AT_ONCE }
  }
}

function idIfAt(time: number) {
  return ({ id, changedAt }: { id: string; changedAt: number }) => (changedAt === time ? [id] : [])
}
