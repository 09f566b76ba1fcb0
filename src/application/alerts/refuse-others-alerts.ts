import { type Actor, isRaisingKey, nameOf } from '../../domain/access/role.ts'
import type { Deps } from '../deps.ts'
import { unknownAlert } from './find-alert.ts'

/** A key that may only raise sees its own alerts only. @throws Problem `alert.unknown`, as for an alert that does not exist */
export async function refuseOthersAlerts(deps: Deps, actor: Actor, alertId: string): Promise<void> {
  if (!isRaisingKey(actor) || (await deps.store.overview.raiserOf(alertId)) === nameOf(actor)) return
  throw unknownAlert()
}
