import { MINUTE, SECOND } from '../clock.ts'

/**
 * Whether one carrier is trusted with the messages of one channel.
 *
 * - `closed`: it takes messages.
 * - `open`: it fails, so the next carrier of the route takes them until `until`.
 * - `probing`: one message is on its way by it, to see whether it works again.
 */
export interface Breaker {
  state: 'closed' | 'open' | 'probing'
  /** The last outcomes, newest last: when, and whether the carrier failed. */
  recent: readonly { at: number; failed: boolean }[]
  /** When it is tried again, UTC milliseconds; for `probing`, when it is tried once more if nothing is heard. */
  until: number
  /** How long it is set aside when it fails now, milliseconds: doubling while it stays broken. */
  rest: number
}

const SHORTEST_REST = 10 * SECOND
const LONGEST_REST = 2 * MINUTE
/** What counts are the last so many outcomes of the last so long. */
const WINDOW = 20
const WINDOW_TIME = 30 * SECOND
const ENOUGH_FAILURES = 5
/** The message that was to show it may have been cancelled: then another one shows it. */
const PROBE_TIME = 30 * SECOND

export const CLOSED: Breaker = { state: 'closed', recent: [], until: 0, rest: SHORTEST_REST }

/** What an outcome makes of it: half of the last outcomes failing, and at least five, open it. */
export function noteOutcome(breaker: Breaker, failed: boolean, now: number): Breaker {
  // Where no other carrier could spare it, messages went on by it: after its rest each of them shows how it is.
  const shows = breaker.state === 'probing' || (breaker.state === 'open' && isOver(breaker, now))
  if (shows) return failed ? open({ ...breaker, state: 'probing' }, now) : CLOSED
  // What was handed over before it was set aside proves nothing about now.
  if (breaker.state === 'open') return breaker
  const recent = [...breaker.recent, { at: now, failed }].filter(({ at }) => at > now - WINDOW_TIME).slice(-WINDOW)
  const failures = recent.filter((outcome) => outcome.failed).length
  const broken = failures >= ENOUGH_FAILURES && failures * 2 >= recent.length
  return broken ? open(breaker, now) : { ...breaker, recent }
}

/** Sets it aside at once, for instance because it has stopped answering. */
export function open(breaker: Breaker, now: number): Breaker {
  const rest = breaker.state === 'probing' ? Math.min(LONGEST_REST, breaker.rest * 2) : SHORTEST_REST
  return { state: 'open', recent: [], until: now + rest, rest }
}

/** One message may go by it, to see whether it works again; null while it is not time for that. */
export function probe(breaker: Breaker, now: number): Breaker | null {
  const due = breaker.state !== 'closed' && isOver(breaker, now)
  return due ? { ...breaker, state: 'probing', until: now + PROBE_TIME } : null
}

/** No rest is longer than the longest: one that seems to be was begun before the clock was set back. */
function isOver({ until }: Breaker, now: number): boolean {
  return until <= now || until > now + LONGEST_REST
}
