import { sql } from 'drizzle-orm'
import type { Move, NewDelivery, OutboxStore } from '../application/ports/outbox-store.ts'
import { inJsonChunks, rowsIn, statement } from './database.ts'

/** Queues deliveries and moves their recipients on, where a recipient still stands where this was decided. */
export const advancePlan: OutboxStore['advance'] = (moves, deliveries, now) => [
  ...inJsonChunks(deliveries.map(deliveryRow)).map((json) =>
    statement(sql`
      insert into deliveries (id, alert_id, recipient_id, contact_point_id, channel, purpose, step, carrier, allowed,
        state, failure, attempts, priority, due_at, created_at)
      select v->>0, v->>1, v->>2, v->>3, v->>4, v->>5, v->>6, v->>7, v->>8, iif(v->>9, 'failed', 'queued'),
        iif(v->>9, 'permanent', null), v->>9, v->>10, v->>11, ${now}
      from ${rowsIn(json)} join recipients r on r.id = v->>2 and r.next_step = v->>12 and r.next_at <= ${now}
      where true on conflict (id) do nothing`),
  ),
  ...inJsonChunks(refusalRows(deliveries)).map((json) =>
    statement(sql`
      insert into attempts (delivery_id, number, carrier, state, error_code, error_reason, started_at, ended_at)
      select d.id, 1, d.carrier, 'failed', 'carrier.not_allowed', v->>1, ${now}, ${now}
      from ${rowsIn(json)} join deliveries d on d.id = v->>0
      where true on conflict do nothing`),
  ),
  ...inJsonChunks(moveRows(moves)).flatMap((json) => [
    statement(sql`
      update people set words_used = words_used + 1
      where id in (select r.person_id from ${rowsIn(json)} join recipients r on r.id = v->>0
        where v->>4 is not null and r.next_step = v->>1 and r.next_at <= ${now} and r.word_number is null)`),
    statement(sql`
      update recipients set next_step = v->>2, next_at = v->>3, started_at = coalesce(started_at, ${now}),
        changed_at = max(changed_at + 1, ${now}), word_series = coalesce(recipients.word_series, p.word_series),
        word_number = coalesce(recipients.word_number, p.words_used)
      from ${rowsIn(json)} left join people p on p.id = v->>4
      where recipients.id = v->>0 and recipients.next_step = v->>1 and recipients.next_at <= ${now}`),
  ]),
]

function deliveryRow(delivery: NewDelivery) {
  const { id, alertId, recipientId, contactPointId, channel, purpose, step, carrier, allowed, refusal } = delivery
  const refused = refusal === undefined ? 0 : 1
  const { priority, dueAt, fromStep } = delivery
  const place = [id, alertId, recipientId, contactPointId, channel, purpose, step, carrier, allowed ?? null]
  return [...place, refused, priority, dueAt, fromStep]
}

function refusalRows(deliveries: readonly NewDelivery[]): [string, string][] {
  return deliveries.flatMap(({ id, refusal }) => (refusal === undefined ? [] : [[id, refusal]]))
}

/**
 * With the person who takes a word. That of whoever is contacted in several alerts at once is left, in all but the first,
 * to the trigger that sees to it wherever else somebody is contacted for the first time: it takes three times as long.
 */
function moveRows(moves: readonly Move[]): (string | number | null)[][] {
  const taken = new Set<string>()
  return moves.map(({ recipientId, firstContactOf, fromStep, nextStep, nextAt }) => {
    const takes = firstContactOf !== null && !taken.has(firstContactOf)
    if (takes) taken.add(firstContactOf)
    return [recipientId, fromStep, nextStep, nextAt, takes ? firstContactOf : null]
  })
}
