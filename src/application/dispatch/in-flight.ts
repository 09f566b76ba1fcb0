import { SECOND } from '../../domain/clock.ts'
import type { Deps } from '../deps.ts'

/** Some carriers take their time for one message; several that wait this long mean that none is answered. */
const STALLED = 3 * SECOND
const SEVERAL = 3
/** Longer than this, even a single one means it. */
const STALLED_ALONE = 8 * SECOND

export interface InFlight {
  run<Result>(work: (abandoned: Promise<void>) => Promise<Result>): Promise<Result>
  looksStalled(): boolean
  /** Nothing of it is waited for any longer. */
  abandon(): void
}

/**
 * What was handed over and not yet answered. Every message has a promise of its own: one that all of them waited for
 * would hold on to each for as long as the service runs.
 */
export function trackInFlight(deps: Pick<Deps, 'clock'>): InFlight {
  const entries = new Set<{ at: number; abandon: () => void }>()
  return {
    async run(work) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const entry = { at: deps.clock(), abandon: resolve }
      entries.add(entry)
      try {
        return await work(promise)
      } finally {
        entries.delete(entry)
      }
    },
    looksStalled() {
      const now = deps.clock()
      const ages = [...entries].map(({ at }) => now - at)
      return ages.filter((age) => age > STALLED).length >= SEVERAL || ages.some((age) => age > STALLED_ALONE)
    },
    abandon() {
      for (const entry of entries) entry.abandon()
    },
  }
}
