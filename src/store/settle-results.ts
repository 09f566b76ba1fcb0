import { sql } from 'drizzle-orm'
import type { AttemptResult } from '../application/ports/outbox-store.ts'
import type { Statement } from '../application/ports/statement.ts'
import { heightOf } from '../domain/alerts/rung.ts'
import { inJsonChunks, statement } from './database.ts'

/**
 * Writes what came of attempts, many in one commit. A callback may have overtaken the answer of the carrier,
 * so attempts move only from `sending` or `unknown`, and deliveries only while their lease holds them.
 * The unary plus keeps SQLite from walking the lease's index once per result, which is quadratic in the group.
 * A final failure makes the recipient due at once: what follows is decided in one place, with the next step.
 */
export function settleResults(results: readonly AttemptResult[], now: number): Statement[] {
  return inJsonChunks(results).flatMap((json) => [
    statement(sql`
      update attempts set provider_id = coalesce(s.value->>'providerId', provider_id), ended_at = ${now},
        state = iif(attempts.state in ('sending', 'unknown'), iif(s.value->>'outcome' = 'accepted', 'accepted', 'failed'), attempts.state),
        error_code = s.value->>'errorCode', error_reason = s.value->>'errorReason'
      from json_each(${json}) as s
      where attempts.delivery_id = s.value->>'deliveryId' and attempts.number = s.value->>'attemptNumber'`),
    statement(sql`
      update recipients set changed_at = max(changed_at + 1, ${now}),
        rung = max(rung, iif(s.value->>'outcome' = 'accepted', ${heightOf('accepted')}, 0)),
        unreachable = iif(s.value->>'outcome' = 'accepted', null, unreachable),
        next_at = iif(s.value->>'outcome' = 'failed' and acknowledged_at is null
          and (select state from alerts where id = recipients.alert_id) = 'open', min(coalesce(next_at, ${now}), ${now}), next_at)
      from json_each(${json}) as s, deliveries d
      where recipients.id = s.value->>'recipientId' and d.id = s.value->>'deliveryId'
        and +d.lease = s.value->>'lease' and +d.state = 'sending' and d.purpose = 'alert'`),
    statement(sql`
      update deliveries set lease = null, failure = s.value->>'failure', carrier = s.value->>'carrier',
        due_at = s.value->>'dueAt',
        state = case s.value->>'outcome' when 'accepted' then 'accepted' when 'retry' then 'queued'
          when 'cancelled' then 'cancelled' else 'failed' end
      from json_each(${json}) as s
      where deliveries.id = s.value->>'deliveryId' and +deliveries.lease = s.value->>'lease' and +deliveries.state = 'sending'`),
    statement(sql`
      update contact_points set status = s.value->>'address' from json_each(${json}) as s
      where s.value->>'address' <> 'fine' and contact_points.id = s.value->>'contactPointId' and status <> 'gone'`),
  ])
}
