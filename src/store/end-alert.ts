import { type SQL, sql } from 'drizzle-orm'
import type { OutboxStore } from '../application/ports/outbox-store.ts'
import { statement } from './database.ts'

/**
 * The id of an end's delivery follows from the first one there, as a UUID of version 8 (RFC 9562, 5.8), whose other bits
 * are free: one digit more tells an end by the lifetime from the all-clear that may still come after it.
 */
function endId(purpose: 'all_clear' | 'expired'): SQL {
  const digit =
    purpose === 'all_clear'
      ? sql`substr(d.id, 16, 1)`
      : sql`substr('123456789abcdef0', instr('0123456789abcdef', substr(d.id, 16, 1)), 1)`
  return sql`substr(d.id, 1, 14) || '8' || ${digit} || substr(d.id, 17)`
}

/** What an end does to what is still to be planned or sent. Every statement repeats that the alert has ended. */
export const endAlert: Pick<OutboxStore, 'queueEnd' | 'cancelQueued' | 'stopPlan' | 'markMissed'> = {
  // By the carrier that took it: the one whose messages this phone knows. What was refused later may have arrived.
  queueEnd: (alertId, purpose, now, priority) =>
    statement(sql`
      insert into deliveries (id, alert_id, recipient_id, contact_point_id, channel, purpose, step, carrier, allowed, state, priority, due_at, created_at)
      select ${endId(purpose)}, d.alert_id, d.recipient_id, d.contact_point_id, d.channel,
        ${purpose}, d.step, t.carrier, d.allowed, 'queued', ${priority}, ${now}, ${now}
      from (
        select d.id, t.carrier, row_number() over (partition by d.recipient_id, d.contact_point_id order by d.id, t.number desc) as place
        from deliveries d join attempts t on t.delivery_id = d.id
        where d.alert_id = ${alertId} and d.purpose = 'alert'
          and (t.state in ('sending', 'accepted', 'delivered', 'voicemail', 'unknown') or t.provider_id is not null)) as t
      join deliveries d on d.id = t.id
      where t.place = 1 and exists (select 1 from alerts where id = ${alertId} and closed_at = ${now})
      on conflict (id) do nothing`),
  cancelQueued: (alertId) =>
    statement(sql`update deliveries set state = 'cancelled'
      where alert_id = ${alertId} and state = 'queued' and purpose = 'alert'
        and exists (select 1 from alerts where id = ${alertId} and state <> 'open')`),
  stopPlan: (alertId, now) =>
    statement(sql`update recipients set next_at = null, changed_at = max(changed_at + 1, ${now})
      where alert_id = ${alertId} and next_at is not null
        and exists (select 1 from alerts where id = ${alertId} and state <> 'open')`),
  markMissed: (alertId, now) =>
    statement(sql`update recipients set changed_at = max(changed_at + 1, ${now}),
        unreachable = coalesce((
          select group_concat(reason, '; ') from (
            select distinct d.channel || ': ' || a.error_reason as reason
            from deliveries d join attempts a on a.delivery_id = d.id and a.number = d.attempts
            where d.recipient_id = recipients.id and a.error_reason is not null)), 'not reached before the end')
      where alert_id = ${alertId} and rung = 0 and unreachable is null and acknowledged_at is null
        and exists (select 1 from alerts where id = ${alertId} and state <> 'open'
          and (decides = 0 or recipients.started_at is not null))`),
}
