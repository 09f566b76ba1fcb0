import { sql } from 'drizzle-orm'
import type { OutboxStore } from '../application/ports/outbox-store.ts'
import { statement } from './database.ts'

/** What is said of somebody whom nothing had been tried for when the alert ended. */
export const MISSED = 'not reached before the end'

/** What an end does to what is still to be planned or sent. Every statement repeats that the alert has ended. */
export const endAlert: Pick<OutboxStore, 'cancelQueued' | 'stopPlan' | 'markMissed'> = {
  cancelQueued: (alertId) =>
    statement(sql`update deliveries set state = 'cancelled'
      where alert_id = ${alertId} and state = 'queued' and purpose not in ('all_clear', 'expired', 'cancelled', 'in_error')
        and exists (select 1 from alerts where id = ${alertId} and state <> 'open')`),
  stopPlan: (alertId, now) =>
    statement(sql`update recipients set next_at = null, changed_at = max(changed_at + 1, ${now})
      where alert_id = ${alertId} and next_at is not null
        and exists (select 1 from alerts where id = ${alertId} and state <> 'open')`),
  markMissed: (alertId, now) =>
    statement(sql`update recipients set changed_at = max(changed_at + 1, ${now}),
        unreachable = coalesce((
          select group_concat(reason, '; ') from (
            select d.channel || ': ' || a.error_reason as reason, min(a.rowid) as first
            from deliveries d join attempts a on a.delivery_id = d.id
            where d.recipient_id = recipients.id and a.error_reason is not null and d.purpose = 'alert'
            group by 1 order by first)), ${MISSED})
      where alert_id = ${alertId} and informed = 0 and rung = 0 and unreachable is null and acknowledged_at is null
        and (not_needed_at is null or not_needed_at <= needed_again_at)
        and exists (select 1 from alerts where id = ${alertId} and state <> 'open'
          and (decides = 0 or recipients.started_at is not null or recipients.next_at is not null))`),
}
