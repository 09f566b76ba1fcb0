import { sql } from 'drizzle-orm'
import type { AttemptResult } from '../application/ports/outbox-store.ts'
import type { Statement } from '../application/ports/statement.ts'
import { heightOf } from '../domain/alerts/rung.ts'
import { STRUGGLING } from '../domain/deliveries/decide-next.ts'
import { inJsonChunks, statement } from './database.ts'

/**
 * Writes what came of attempts, many in one commit. A callback may have overtaken the answer of the carrier,
 * so attempts move only from `sending` or `unknown`, and deliveries only while their lease holds them; but what a
 * carrier took counts whoever sends it again meanwhile.
 * The unary plus keeps SQLite from walking the lease's index once per result, which is quadratic in the group.
 * A final failure makes the recipient due at once: what follows is decided in one place, with the next step.
 */
export function settleResults(results: readonly AttemptResult[], now: number): Statement[] {
  return inJsonChunks(results).flatMap((json) => [
    statement(sql`
      update attempts set provider_id = coalesce(s.value->>'providerId', provider_id), ended_at = ${now},
        error_code = iif(attempts.state in ('sending', 'unknown'), s.value->>'errorCode', error_code),
        error_reason = iif(attempts.state in ('sending', 'unknown'), s.value->>'errorReason', error_reason),
        state = iif(attempts.state in ('sending', 'unknown'),
          iif(s.value->>'outcome' = 'accepted', 'accepted', iif(s.value->>'uncertain', 'unknown', 'failed')), attempts.state)
      from json_each(${json}) as s
      where attempts.delivery_id = s.value->>'deliveryId' and attempts.number = s.value->>'attemptNumber'`),
    statement(sql`
      update recipients set changed_at = max(changed_at + 1, ${now}),
        rung = max(rung, iif(s.accepted, ${heightOf('accepted')}, 0)), unreachable = iif(s.accepted, null, unreachable),
        next_at = iif(s.failed and acknowledged_at is null
          and (select state from alerts where id = recipients.alert_id) = 'open', min(coalesce(next_at, ${now}), ${now}), next_at)
      from (
        select value->>'recipientId' as recipient, max(value->>'outcome' = 'accepted') as accepted,
          max(value->>'purpose' = 'alert' and (value->>'outcome' = 'failed'
            or value->>'attemptNumber' = ${STRUGGLING} and value->>'outcome' = 'retry')) as failed
        from json_each(${json}) where value->>'purpose' in ('alert', 'update') group by 1) as s
      where recipients.id = s.recipient and (s.accepted or s.failed)`),
    statement(sql`
      update deliveries set lease = null, failure = s.value->>'failure', due_at = s.value->>'dueAt',
        carrier = iif(s.value->>'outcome' = 'retry', s.value->>'carrier', deliveries.carrier),
        state = case s.value->>'outcome' when 'accepted' then 'accepted' when 'retry' then 'queued'
          when 'cancelled' then 'cancelled'
          else iif(exists (select 1 from attempts t where t.delivery_id = deliveries.id and t.state in ('accepted', 'delivered')),
            'accepted', 'failed') end
      from json_each(${json}) as s
      where deliveries.id = s.value->>'deliveryId'
        and (+deliveries.lease = s.value->>'lease' and +deliveries.state = 'sending'
          or s.value->>'outcome' = 'accepted' and +deliveries.state in ('queued', 'failed')
            and exists (select 1 from attempts t where t.delivery_id = deliveries.id
              and t.number = s.value->>'attemptNumber' and t.state in ('accepted', 'delivered')))`),
    statement(sql`
      update contact_points set status = s.value->>'address' from json_each(${json}) as s
      where s.value->>'address' <> 'fine' and contact_points.id = s.value->>'contactPointId' and status <> 'gone'`),
  ])
}
