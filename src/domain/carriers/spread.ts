import { SECOND } from '../clock.ts'

/** A carrier as a queue: how many messages of this channel leave by it in a second; null where it sets no limit. */
export interface Outlet {
  name: string
  perSecond: number | null
}

/** Hands messages to the carriers of one route, so that they leave as soon as the rates of all of them allow. */
export interface Spread {
  /** The carrier for the next message; null when there are none. */
  choose<Choice extends Outlet>(outlets: readonly Choice[], now: number): Choice | null
}

/** So much longer a message waits for the carrier that comes first rather than going to the next one. */
const PATIENCE = SECOND

/**
 * The first carrier of the route whose queue is at most a second longer than the shortest. A few messages all go by the
 * first; thousands go by all, each as many as its rate. Queues are reckoned, not read: after a restart they count as empty.
 */
export function createSpread(): Spread {
  const free = new Map<string, number>()
  return {
    choose(outlets, now) {
      const waits = outlets.map(({ name }) => Math.max(0, (free.get(name) ?? now) - now))
      const shortest = Math.min(...waits)
      const place = waits.findIndex((wait) => wait <= shortest + PATIENCE)
      const chosen = outlets[place]
      if (!chosen) return null
      const gap = chosen.perSecond === null ? 0 : SECOND / chosen.perSecond
      free.set(chosen.name, now + (waits[place] ?? 0) + gap)
      return chosen
    },
  }
}
