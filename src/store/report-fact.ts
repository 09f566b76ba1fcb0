import { sql } from 'drizzle-orm'
import type { AttemptFact, ReportedAttempt } from '../application/ports/outbox-store.ts'
import type { Statement } from '../application/ports/statement.ts'
import { heightOf } from '../domain/alerts/rung.ts'
import { AFTER_VOICEMAIL } from '../domain/deliveries/decide-next.ts'
import { statement } from './database.ts'

/** Which attempt states a fact may replace: facts come late, twice and out of order, and only ever prove more. */
const REPLACEABLE: Record<AttemptFact['state'], string> = {
  accepted: `('sending', 'unknown')`,
  delivered: `('sending', 'unknown', 'accepted', 'failed', 'voicemail')`,
  heard: `('sending', 'unknown', 'accepted', 'failed', 'voicemail')`,
  voicemail: `('sending', 'unknown', 'accepted')`,
  failed: `('sending', 'unknown', 'accepted')`,
}

const HEIGHT: Record<AttemptFact['state'], number> = {
  accepted: heightOf('accepted'),
  delivered: heightOf('delivered'),
  heard: heightOf('heard'),
  voicemail: heightOf('accepted'),
  failed: 0,
}

function failureOf(fact: AttemptFact): 'permanent' | 'temporary' | 'voicemail' {
  if (fact.state === 'voicemail') return 'voicemail'
  return fact.state === 'failed' && fact.permanent ? 'permanent' : 'temporary'
}

/** What a callback proves about one attempt: moves attempt, delivery and recipient up, never down. */
export function reportFact(attempt: ReportedAttempt, fact: AttemptFact, now: number): Statement[] {
  const attemptState = fact.state === 'heard' ? 'delivered' : fact.state
  const failed = fact.state === 'failed' || fact.state === 'voicemail'
  const deliveryState = failed ? 'failed' : attemptState
  const code = fact.state === 'failed' ? fact.code : null
  const reason = fact.state === 'failed' ? fact.reason : fact.state === 'voicemail' ? 'voicemail' : null
  const failure = failed ? failureOf(fact) : null
  const { by } = attempt
  const own = by
    ? sql`and carrier = ${by.carrier} and coalesce(provider_id, ${by.providerId}) = ${by.providerId}`
    : sql``
  const here = sql`delivery_id = ${attempt.deliveryId} and number = ${attempt.number} ${own}`
  const stands = sql`exists (select 1 from attempts where ${here} and state = ${attemptState})`
  const recipient = sql`(select recipient_id from deliveries where id = ${attempt.deliveryId})`

  return [
    statement(sql`
      update attempts set state = ${attemptState}, provider_id = coalesce(provider_id, ${by?.providerId ?? null}), error_code = coalesce(${code}, error_code),
        error_reason = coalesce(${reason}, error_reason), ended_at = ${now}
      where ${here} and state in ${sql.raw(REPLACEABLE[fact.state])}`),
    failed
      ? statement(sql`
          update deliveries set state = 'failed', failure = ${failure}, lease = null,
            due_at = iif(${failure} = 'voicemail', ${now + AFTER_VOICEMAIL}, due_at)
          where id = ${attempt.deliveryId} and state in ('sending', 'accepted') and attempts = ${attempt.number} and ${stands}
            and not exists (select 1 from attempts t where t.delivery_id = deliveries.id and t.state in ('accepted', 'delivered'))`)
      : statement(sql`
          update deliveries set state = ${deliveryState}, failure = null, lease = null
          where id = ${attempt.deliveryId} and state not in ('delivered', 'cancelled', ${deliveryState}) and ${stands}`),
    statement(sql`
      update recipients set rung = max(rung, ${HEIGHT[fact.state]}), changed_at = max(changed_at + 1, ${now}),
        unreachable = ${failed ? sql`unreachable` : sql`null`},
        next_at = ${
          failed
            ? sql`iif(acknowledged_at is null and (select state from alerts where id = recipients.alert_id) = 'open'
                and exists (select 1 from deliveries where id = ${attempt.deliveryId} and state = 'failed' and purpose = 'alert'),
                min(coalesce(next_at, ${now}), ${now}), next_at)`
            : sql`next_at`
        }
      where id = ${recipient} and ${stands}
        and (select purpose from deliveries where id = ${attempt.deliveryId}) in ('alert', 'update', 'needed_again')`),
  ]
}
