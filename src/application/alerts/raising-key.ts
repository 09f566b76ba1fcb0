import { type Actor, nameOf } from '../../domain/access/role.ts'
import type { Deps } from '../deps.ts'
import { unknownAlert } from './find-alert.ts'

/** A key of a sensor or a monitor: it may raise the templates that it names, and nothing else. */
export function isRaisingKey(actor: Actor): boolean {
  return actor.kind === 'key' && actor.mayRaise !== null
}

/** Such a key sees its own alerts only. @throws Problem `alert.unknown`, as for an alert that does not exist */
export async function refuseOthersAlerts(deps: Deps, actor: Actor, alertId: string): Promise<void> {
  if (!isRaisingKey(actor) || (await deps.store.overview.raiserOf(alertId)) === nameOf(actor)) return
  throw unknownAlert()
}
