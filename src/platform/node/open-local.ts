import { dispatchDue } from '../../application/dispatch/dispatch-due.ts'
import type { Sending } from '../../application/ports/overview-store.ts'
import type { LocalService } from '../../cli/host.ts'
import { createApp } from '../../http/create-app.ts'
import { readEnvironment } from '../config.ts'
import { openHome } from './open-home.ts'
import { askAsHost } from './start-service.ts'

/** Milliseconds between two looks at how far the sending is. */
const LOOK_EVERY = 1_000

/**
 * The database of this machine, without a running service. A service that does run finds the same rows; leases keep
 * the two from sending anything twice.
 */
export async function openLocal(): Promise<LocalService> {
  const environment = readEnvironment(process.env)
  const url = `http://localhost:${environment.TOCSIN_PORT}`
  const { deps, close } = await openHome(environment, url, process.env, () => {})
  const app = createApp({ depsOf: () => deps, asset: async () => null })
  return {
    transport: askAsHost(app),
    async dispatch(alertId, progress) {
      const say = async () => progress(describe(await deps.store.overview.sending(alertId)))
      // A carrier that is out keeps a run busy for long: what it does is said meanwhile.
      const watch = setInterval(() => void say().catch(() => {}), LOOK_EVERY)
      try {
        for (;;) {
          const next = await dispatchDue(deps)
          await say()
          const waits = await deps.store.outbox.waitsFor(alertId)
          if (!waits || next === null) return
          await deps.pause(Math.min(LOOK_EVERY, Math.max(50, next - deps.clock())))
        }
      } finally {
        clearInterval(watch)
      }
    },
    close: async () => close(),
  }
}

function describe({ sent, waiting, failed, trouble }: Sending): string {
  const counts = `${sent} sent, ${waiting} waiting, ${failed} failed`
  return trouble === null ? counts : `${counts}; not taken yet: ${trouble}`
}
