import { MINUTE } from '../../domain/clock.ts'
import type { Deps } from '../deps.ts'

/** Falling behind by less is the unevenness of clocks: what waits then comes that much later. */
const SET_BACK = MINUTE

/** Notices that the clock was set back, and lets what waits come as soon as it would have come. */
export interface ClockWatch {
  look(): Promise<void>
}

/** Compares with the newest time that was seen here, and at first with the newest that was ever written. */
export function createClockWatch({ clock, store }: Pick<Deps, 'clock' | 'store'>): ClockWatch {
  let newest: number | null = null
  return {
    async look() {
      newest ??= (await store.outbox.newestTime()) ?? 0
      const now = clock()
      if (now < newest - SET_BACK) await store.commit(store.outbox.pullForward(newest - now, now))
      newest = now
    },
  }
}
