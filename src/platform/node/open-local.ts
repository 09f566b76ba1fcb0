import { dispatchDue } from '../../application/dispatch/dispatch-due.ts'
import type { LocalService } from '../../cli/host.ts'
import { createApp } from '../../http/create-app.ts'
import { readEnvironment } from '../config.ts'
import { openHome } from './open-home.ts'
import { askAsHost } from './start-service.ts'

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
      for (;;) {
        const next = await dispatchDue(deps)
        const alert = await deps.store.alerts.find(alertId)
        const tally = await deps.store.alerts.tally(alertId)
        progress(`${tally.rungs.acknowledged ?? 0} of ${alert?.audience ?? 0} acknowledged`)
        const waits = await deps.store.outbox.waitsFor(alertId)
        if (!waits || next === null) return
        await deps.pause(Math.min(1_000, Math.max(50, next - deps.clock())))
      }
    },
    close: async () => close(),
  }
}
