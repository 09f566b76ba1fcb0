import type { AlertView, BoardEvent, RecipientView, TimelineEntry, UnclearAnswer } from '../../src/contract/alerts.ts'

/** What the board knows about one alert. */
export interface BoardState {
  alert: AlertView | null
  recipients: ReadonlyMap<string, RecipientView>
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
  known: ReadonlyMap<string, RecipientView>,
  items: readonly RecipientView[],
): ReadonlyMap<string, RecipientView> {
  if (items.length === 0) return known
  const merged = new Map(known)
  for (const item of items) {
    const before = merged.get(item.id)
    if (!before || before.changedAt <= item.changedAt) merged.set(item.id, item)
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
