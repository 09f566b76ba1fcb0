import type { Alert } from '../../domain/alerts/alert.ts'
import { DAY } from '../../domain/clock.ts'
import type { Deps } from '../deps.ts'
import type { Recipient } from '../ports/alert-store.ts'

/** How long after its end an alert is still recognised when somebody answers it. */
export const REMEMBERED = 7 * DAY

export interface Caller {
  recipient: Recipient
  alert: Alert
}

/** Everyone who may be behind a phone number, by open alerts and by those that ended lately; newest first. */
export async function findCallers(deps: Deps, number: string): Promise<{ open: Caller[]; ended: Caller[] }> {
  const callers = await deps.store.alerts.byAddress(number, ['sms', 'voice'], deps.clock() - REMEMBERED)
  return {
    open: callers.filter((caller) => caller.alert.state === 'open'),
    ended: callers.filter((caller) => caller.alert.state !== 'open'),
  }
}
