import type { Alert } from '../../domain/alerts/alert.ts'
import { Problem } from '../../domain/errors.ts'
import type { Deps } from '../deps.ts'

/** @throws Problem `alert.unknown` */
export async function findAlert(deps: Deps, id: string): Promise<Alert> {
  const alert = await deps.store.alerts.find(id)
  if (!alert) throw unknownAlert()
  return alert
}

export function unknownAlert(): Problem {
  return new Problem('missing', 'alert.unknown', 'There is no such alert.')
}
