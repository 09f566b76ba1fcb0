import { SECOND } from '../clock.ts'

/** Keeps departures to a rate. */
export interface Pace {
  /** When the next message may leave, UTC milliseconds; `now` when at once. */
  next(now: number): number
  /** A message leaves now. */
  left(now: number): void
}

/** Arrivals jitter by a few milliseconds: this much room keeps them inside the limit at the carrier too. */
const ROOM = 8
/** Departures are spread a little closer than the rate asks, so that a hiccup can be made up for. */
const SPREAD = 0.97

/**
 * At most `perSecond` departures in any window of one second, however unevenly the process runs: a departure waits
 * until the one that many before it is a second old. Rates below one count in a longer window.
 */
export function createPace(perSecond: number): Pace {
  const places = Math.max(1, Math.floor(perSecond))
  const window = (places / perSecond) * SECOND + ROOM
  const spacing = (SECOND / perSecond) * SPREAD
  const departures = new Float64Array(places).fill(Number.NEGATIVE_INFINITY)
  let place = 0
  let last = Number.NEGATIVE_INFINITY
  return {
    next(now) {
      // A clock that was set back must not hold messages for the time it lost.
      if (now < last) {
        last = Number.NEGATIVE_INFINITY
        departures.fill(Number.NEGATIVE_INFINITY)
      }
      return Math.max(now, last + spacing, (departures[place] ?? 0) + window)
    },
    left(now) {
      departures[place] = now
      place = (place + 1) % places
      last = now
    },
  }
}
