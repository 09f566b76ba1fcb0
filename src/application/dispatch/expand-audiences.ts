import type { Alert } from '../../domain/alerts/alert.ts'
import type { Deps } from '../deps.ts'
import type { Statement } from '../ports/statement.ts'

/** So few that the first message leaves at once, so many that a hundred thousand take few commits. */
export const CHUNK = 500

/** Turns the next range of every frozen audience into recipients. Answers whether there was anything to do. */
export async function expandAudiences(deps: Deps): Promise<boolean> {
  const expanding = await deps.store.alerts.expanding()
  for (const { id, expandedTo } of expanding) {
    const alert = await deps.store.alerts.find(id)
    if (alert) await deps.store.commit(await seatNext(deps, alert, expandedTo))
  }
  return expanding.length > 0
}

/** The statements that seat the places from `from` on, and end the expansion with the last of them. */
export async function seatNext(deps: Deps, alert: Alert, from: number): Promise<Statement[]> {
  const places = await deps.store.alerts.places(alert)
  const seats = await deps.store.alerts.seats(alert, from, CHUNK)
  const named = seats.map((seat) => ({ ...seat, recipientId: deps.newId() }))
  const to = from + CHUNK
  return deps.store.alerts.seat(alert, named, from, to < places ? to : null)
}
