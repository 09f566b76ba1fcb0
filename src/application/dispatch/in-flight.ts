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

/** What was handed over and not yet answered. */
export function trackInFlight(deps: Pick<Deps, 'clock'>): InFlight {
  const started = new Set<{ at: number }>()
  let abandoned = Promise.withResolvers<void>()
  return {
    async run(work) {
      const entry = { at: deps.clock() }
      started.add(entry)
      try {
        return await work(abandoned.promise)
      } finally {
        started.delete(entry)
      }
    },
    looksStalled() {
      const now = deps.clock()
      const ages = [...started].map(({ at }) => now - at)
      return ages.filter((age) => age > STALLED).length >= SEVERAL || ages.some((age) => age > STALLED_ALONE)
    },
    abandon() {
      abandoned.resolve()
      abandoned = Promise.withResolvers<void>()
    },
  }
}
