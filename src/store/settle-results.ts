import { sql } from 'drizzle-orm'
import type { AttemptResult } from '../application/ports/outbox-store.ts'
import type { Statement } from '../application/ports/statement.ts'
import { heightOf } from '../domain/alerts/rung.ts'
import { STRUGGLING } from '../domain/deliveries/decide-next.ts'
import { isAnswerable } from '../domain/messages/purpose.ts'
import { inJsonChunks, rowsIn, statement } from './database.ts'

/**
 * Writes what came of attempts, many in one commit. A callback may have overtaken the answer of the carrier,
 * so attempts move only from `sending` or `unknown`, and deliveries only while their lease holds them; but what a
 * carrier took counts whoever sends it again meanwhile.
 * The unary plus keeps SQLite from walking the lease's index once per result, which is quadratic in the group.
 * A final failure makes the recipient due at once: what follows is decided in one place, with the next step.
 * Each statement gets only what it needs, as arrays: finding a value by name in what all of them need took most of the
 * time.
 */
export function settleResults(results: readonly AttemptResult[], now: number): Statement[] {
  return [
    ...inJsonChunks(results.map(attemptRow)).map((json) => settleAttempts(json, now)),
    ...inJsonChunks(recipientRows(results)).map((json) => settleRecipients(json, now)),
    ...inJsonChunks(results.map(deliveryRow)).map(settleDeliveries),
    ...inJsonChunks(addressRows(results)).map(settleAddresses),
  ]
}

function attemptRow({ deliveryId, attemptNumber, providerId, errorCode, errorReason, ...result }: AttemptResult) {
  const state = result.outcome === 'accepted' ? 'accepted' : result.uncertain ? 'unknown' : 'failed'
  return [deliveryId, attemptNumber, state, providerId, errorCode, errorReason]
}

function settleAttempts(json: string, now: number): Statement {
  return statement(sql`
    update attempts set provider_id = coalesce(v->>3, provider_id), ended_at = ${now},
      error_code = iif(attempts.state in ('sending', 'unknown'), v->>4, error_code),
      error_reason = iif(attempts.state in ('sending', 'unknown'), v->>5, error_reason),
      state = iif(attempts.state in ('sending', 'unknown'), v->>2, attempts.state)
    from ${rowsIn(json)} where attempts.delivery_id = v->>0 and attempts.number = v->>1`)
}

/** One row for each recipient to whom something happened: whether a message was taken, and whether one has failed. */
function recipientRows(results: readonly AttemptResult[]): [string, number, number][] {
  const rows = new Map<string, [string, number, number]>()
  for (const { recipientId, purpose, outcome, attemptNumber } of results) {
    const accepted = outcome === 'accepted'
    const lost = outcome === 'failed' || (outcome === 'retry' && attemptNumber === STRUGGLING)
    const failed = lost && purpose === 'alert'
    if (!isAnswerable(purpose) || !(accepted || failed)) continue
    const [, hadAccepted, hadFailed] = rows.get(recipientId) ?? [recipientId, 0, 0]
    rows.set(recipientId, [recipientId, accepted ? 1 : hadAccepted, failed ? 1 : hadFailed])
  }
  return [...rows.values()]
}

function settleRecipients(json: string, now: number): Statement {
  return statement(sql`
    update recipients set changed_at = max(changed_at + 1, ${now}),
      rung = max(rung, iif(v->>1, ${heightOf('accepted')}, 0)), unreachable = iif(v->>1, null, unreachable),
      next_at = iif(v->>2 and acknowledged_at is null
        and (select state from alerts where id = recipients.alert_id) = 'open', min(coalesce(next_at, ${now}), ${now}), next_at)
    from ${rowsIn(json)} where recipients.id = v->>0`)
}

function deliveryRow(result: AttemptResult) {
  const { deliveryId, attemptNumber, lease, outcome, failure, dueAt, carrier } = result
  return [deliveryId, attemptNumber, lease, outcome, failure, dueAt, outcome === 'retry' ? carrier : null]
}

function settleDeliveries(json: string): Statement {
  return statement(sql`
    update deliveries set lease = null, failure = v->>4, due_at = v->>5, carrier = coalesce(v->>6, deliveries.carrier),
      state = case v->>3 when 'accepted' then 'accepted' when 'retry' then 'queued' when 'cancelled' then 'cancelled'
        else iif(exists (select 1 from attempts t where t.delivery_id = deliveries.id and t.state in ('accepted', 'delivered')),
          'accepted', 'failed') end
    from ${rowsIn(json)}
    where deliveries.id = v->>0
      and (+deliveries.lease = v->>2 and +deliveries.state = 'sending'
        or v->>3 = 'accepted' and +deliveries.state in ('queued', 'failed')
          and exists (select 1 from attempts t where t.delivery_id = deliveries.id
            and t.number = v->>1 and t.state in ('accepted', 'delivered')))`)
}

function addressRows(results: readonly AttemptResult[]): [string, string][] {
  return results.flatMap(({ contactPointId, address }) => (address === 'fine' ? [] : [[contactPointId, address]]))
}

function settleAddresses(json: string): Statement {
  return statement(sql`update contact_points set status = v->>1 from ${rowsIn(json)}
    where contact_points.id = v->>0 and status <> 'gone'`)
}
