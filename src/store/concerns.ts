import { type SQL, sql } from 'drizzle-orm'

/** An inbound message `m` that no person has read yet; repetitions are counted with the first. */
export const isWaiting: SQL = sql`m.outcome = 'unclear' and m.settled_at is null and m.repeat_of is null`

/**
 * Whether the board of an alert shows an inbound message `m`: its own, and those that belong to no alert when they came
 * while it was open or from one of its recipients.
 */
export function concerns(alertId: string): SQL {
  return sql`(m.alert_id = ${alertId} or (m.alert_id is null and (
    exists (select 1 from alerts a where a.id = ${alertId} and a.raised_at <= m.at and m.at <= coalesce(a.closed_at, m.at))
    or exists (select 1 from recipients r where r.id = m.recipient_id and r.alert_id = ${alertId}))))`
}
