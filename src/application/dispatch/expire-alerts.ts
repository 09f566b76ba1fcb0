import { endStatements } from '../alerts/end-alert.ts'
import type { Deps } from '../deps.ts'

/** Ends alerts that nobody closed within their lifetime, and says so to everybody who may have received them. */
export async function expireAlerts(deps: Deps): Promise<void> {
  const { store } = deps
  for (const id of await store.alerts.overdue(deps.clock())) {
    const alert = await store.alerts.find(id)
    if (alert) await store.commit(endStatements(deps, { kind: 'service' }, alert, 'expired'))
  }
}
