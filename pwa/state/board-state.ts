import type { AlertView, BoardEvent, RecipientView, TimelineEntry, UnclearAnswer } from '../../src/contract/alerts.ts'

/** A recipient with the moment since which the board knows them on their rung: `changedAt` also moves at a failed try. */
export type BoardRecipient = RecipientView & { rungSince: string }

/** What the board knows about one alert. */
export interface BoardState {
  alert: AlertView | null
  recipients: ReadonlyMap<string, BoardRecipient>
  /** Newest first. */
  timeline: readonly TimelineEntry[]
  /** Oldest first: who waits longest is read first. */
  unclear: readonly UnclearAnswer[]
  /** Whether every page of recipients has been read at least once. */
  complete: boolean
  /** Whether everything was read since the connection was last made. */
  fresh: boolean
  /** At which moment, by this device's clock, all of this was true; null before everything was read once. */
  asOf: number | null
  /** When the last event came, by this device's clock. */
  lastEventAt: number
  /** Milliseconds to add to this device's clock to get the service's. */
  clockOffset: number
}

export type BoardAction =
  | { type: 'restored'; state: BoardState }
  | { type: 'alert'; alert: AlertView; askedAt: number }
  | { type: 'recipients'; items: readonly RecipientView[] }
  | { type: 'complete'; now: number }
  | { type: 'lost' }
  | { type: 'timeline'; items: readonly TimelineEntry[] }
  | { type: 'unclear'; items: readonly UnclearAnswer[] }
  | { type: 'events'; events: readonly BoardEvent[]; now: number }
  | { type: 'alive'; now: number }

export const emptyBoard: BoardState = {
  alert: null,
  recipients: new Map(),
  timeline: [],
  unclear: [],
  complete: false,
  fresh: false,
  asOf: null,
  lastEventAt: 0,
  clockOffset: 0,
}

/** The board after something was heard. Old news never replaces newer: pages and events may cross on the way. */
export function boardReducer(state: BoardState, action: BoardAction): BoardState {
  switch (action.type) {
    case 'restored':
      return state.alert === null ? { ...action.state, fresh: false } : state
    case 'alert':
      // Every change is followed by an event, so an event that came after the question is the newer word.
      return state.lastEventAt > action.askedAt ? state : { ...state, alert: action.alert }
    case 'recipients':
      return { ...state, recipients: mergeRecipients(state.recipients, action.items) }
    case 'complete':
      return { ...state, complete: true, fresh: true, asOf: action.now }
    case 'lost':
      return state.fresh ? { ...state, fresh: false } : state
    case 'timeline':
      return { ...state, timeline: mergeTimeline(state.timeline, action.items) }
    case 'unclear':
      return { ...state, unclear: action.items.toSorted(byTime) }
    case 'alive':
      return state.fresh ? { ...state, asOf: action.now } : state
    case 'events':
      return action.events.reduce((before, event) => applyEvent(before, event, action.now), state)
  }
}

function applyEvent(state: BoardState, event: BoardEvent, now: number): BoardState {
  const known = new Set(state.unclear.map((answer) => answer.id))
  const fresh = event.unclear.filter((answer) => !known.has(answer.id))
  return {
    ...state,
    alert: event.alert,
    recipients: mergeRecipients(state.recipients, event.recipients),
    timeline: mergeTimeline(state.timeline, event.timeline),
    unclear: fresh.length > 0 ? [...state.unclear, ...fresh].toSorted(byTime) : state.unclear,
    asOf: state.fresh ? now : state.asOf,
    lastEventAt: now,
    clockOffset: Date.parse(event.at) - now,
  }
}

function mergeRecipients(
  known: ReadonlyMap<string, BoardRecipient>,
  items: readonly RecipientView[],
): ReadonlyMap<string, BoardRecipient> {
  if (items.length === 0) return known
  const merged = new Map(known)
  for (const item of items) {
    const before = merged.get(item.id)
    const same = before?.rung === item.rung
    const rungSince = same && before.rungSince < item.changedAt ? before.rungSince : item.changedAt
    if (!before || before.changedAt <= item.changedAt) merged.set(item.id, { ...item, rungSince })
    else if (same) merged.set(item.id, { ...before, rungSince })
  }
  return merged
}

function mergeTimeline(known: readonly TimelineEntry[], items: readonly TimelineEntry[]): readonly TimelineEntry[] {
  if (items.length === 0) return known
  const merged = new Map(known.map((entry) => [entry.id, entry]))
  for (const entry of items) merged.set(entry.id, entry)
  return [...merged.values()].toSorted((a, b) => byTime(b, a))
}

function byTime(a: { at: string; id: string }, b: { at: string; id: string }): number {
  return a.at.localeCompare(b.at) || a.id.localeCompare(b.id)
}

/** Whether the list, once read whole, says the same as the counts; where it does not, a change was missed. */
export function fitsCounts({ alert, recipients }: BoardState): boolean {
  if (alert === null) return true
  const counts = { planned: 0, accepted: 0, delivered: 0, heard: 0, acknowledged: 0 }
  const responses: Record<string, number> = {}
  for (const { rung, response, addedAt } of recipients.values()) {
    // Whoever was added is counted apart.
    if (addedAt !== undefined) continue
    counts[rung] += 1
    if (response !== undefined) responses[response] = (responses[response] ?? 0) + 1
  }
  const rungs = Object.keys(counts) as (keyof typeof counts)[]
  return (
    rungs.every((rung) => counts[rung] === alert.counts[rung]) &&
    Object.entries(alert.responses).every(([code, count]) => (responses[code] ?? 0) === count)
  )
}
