import { type SQL, sql } from 'drizzle-orm'
import type { Statement } from '../application/ports/statement.ts'
import type { RecordedDecision } from '../application/ports/strategy-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import type { Alert } from '../domain/alerts/alert.ts'
import { inJsonChunks, listOf, rowsIn, statement } from './database.ts'
import { queueNotices } from './queue-follow-ups.ts'

/**
 * The statements that write a decision of a strategy. Each repeats that the alert is open and that no other decision was
 * recorded meanwhile, which the last of them moves on.
 */
export function recordDecision(vault: Vault, alert: Alert, decision: RecordedDecision, now: number): Statement[] {
  const { due } = decision
  const guard = sql`exists (select 1 from alerts where id = ${alert.id} and state = 'open' and decided = ${due.decided})`
  return [
    ...startSeated(alert, decision, now, guard),
    ...seatDeputies(vault, alert, decision, now, guard),
    ...insertAll(
      decision.passes,
      (row) => sql`
      insert into branch_passes (id, alert_id, tree, branch, from_person, to_person, as_what, why, at)
      select v->>'id', ${alert.id}, v->>'tree', v->>'branch', v->>'from', v->>'to', v->>'as', v->>'why', v->>'at'
      from ${row} where ${guard}`,
    ),
    ...insertAll(
      decision.cards,
      (row) => sql`
      insert into cards (id, alert_id, tree, branch, holder, because, issued_at, deadline)
      select v->>'id', ${alert.id}, v->>'tree', v->>'branch', v->>'holder', v->>'because', ${now}, v->>'deadline'
      from ${row} where ${guard}`,
    ),
    ...insertAll(
      decision.cards,
      (row) => sql`
      insert into card_people (card_id, position, person_id)
      select v->>'id', p.key, p.value from ${row}, json_each(v, '$.people') as p where ${guard}`,
    ),
    ...insertAll(
      decision.endCards,
      (row) => sql`
      update cards set ended_at = ${now}, ended_why = v->>'why' from ${row}
      where cards.id = v->>'card' and cards.ended_at is null and ${guard}`,
    ),
    ...sendAway(alert, decision, now, guard),
    ...tellThem(alert, decision, now, guard),
    ...insertAll(
      decision.notes,
      (row) => sql`
      insert into timeline (id, alert_id, at, kind, recipient_id, data)
      select v->>'id', ${alert.id}, v->>'at', v->>'kind', v->>'recipientId', v->'data' from ${row} where ${guard}`,
    ),
    statement(sql`update alerts set decided = decided + 1, decide_at = iif(stirred = ${due.stirred}, ${decision.nextAt}, 0)
      where id = ${alert.id} and state = 'open' and decided = ${due.decided} returning id`),
  ]
}

function insertAll(rows: readonly unknown[], write: (rows: SQL) => SQL): Statement[] {
  return inJsonChunks(rows).map((json) => statement(write(rowsIn(json))))
}

function startSeated(alert: Alert, { starts }: RecordedDecision, now: number, guard: SQL): Statement[] {
  return insertAll(
    starts,
    (row) => sql`
      update recipients set next_at = ${now}, started_at = ${now}, because = v->'because', changed_at = max(changed_at + 1, ${now})
      from ${row} where recipients.alert_id = ${alert.id} and recipients.person_id = v->>'person'
        and started_at is null and next_at is null and acknowledged_at is null and ${guard}`,
  )
}

function tellThem(alert: Alert, decision: RecordedDecision, now: number, guard: SQL): Statement[] {
  const holders = decision.cards.map(({ holder }) => holder)
  const told = [
    ['not_needed', decision.notNeeded],
    ['needed_again', decision.neededAgain],
    ['card', holders],
  ] as const
  const options = { now, priority: alert.kind === 'live' ? 0 : 1, guard, outlets: decision.outlets }
  return told.flatMap(([purpose, people]) =>
    people.length === 0 ? [] : [queueNotices(purpose, alert.id, people, options)],
  )
}

/** Whoever was called in the meantime by another decision stays as he or she is. */
function seatDeputies(vault: Vault, alert: Alert, { joins }: RecordedDecision, now: number, guard: SQL): Statement[] {
  const rows = joins.map((join) => ({ ...join, link: vault.hashSecret(vault.linkToken(join.recipientId)) }))
  return insertAll(
    rows,
    (row) => sql`
      insert into recipients (id, alert_id, person_id, name, language, position, link_hash, next_at, started_at, because, added_at, changed_at)
      select v->>'recipientId', ${alert.id}, p.id, p.name, p.language, ${alert.audience}, v->>'link', ${now}, ${now},
        v->'because', ${now}, ${now}
      from ${row} join people p on p.id = v->>'person' where p.removed_at is null and ${guard}
      on conflict (alert_id, person_id) do update set informed = 0, next_at = excluded.next_at, started_at = excluded.started_at,
        because = excluded.because, added_at = excluded.added_at, changed_at = max(recipients.changed_at + 1, excluded.changed_at)
        where informed = 1`,
  )
}

/** Whether nothing of the alert was taken for a recipient, nor is being handed over: what is uncertain is sent again. */
const UNTOLD = sql`acknowledged_at is null and not exists (select 1 from deliveries d join attempts t on t.delivery_id = d.id
  where d.recipient_id = recipients.id and d.purpose = 'alert'
    and (t.state in ('sending', 'accepted', 'delivered', 'voicemail') or t.provider_id is not null))`

function sendAway(alert: Alert, { notNeeded, neededAgain }: RecordedDecision, now: number, guard: SQL): Statement[] {
  const away =
    notNeeded.length === 0
      ? []
      : [
          statement(sql`update recipients set not_needed_at = max(${now}, coalesce(needed_again_at + 1, 0)), next_at = null, changed_at = max(changed_at + 1, ${now})
      where alert_id = ${alert.id} and person_id in ${listOf(notNeeded)} and ${guard}`),
          // What a carrier took before, and another was to send again, has arrived for all that is known.
          statement(sql`update deliveries set state = iif(exists (select 1 from attempts t where t.delivery_id = deliveries.id
          and t.state in ('accepted', 'delivered')), 'accepted', 'cancelled')
      where state = 'queued' and purpose = 'alert' and recipient_id in (select id from recipients where alert_id = ${alert.id} and person_id in ${listOf(notNeeded)}) and ${guard}`),
        ]
  const again =
    neededAgain.length === 0
      ? []
      : [
          // Whoever was sent away before anything had left is contacted from the plan's beginning.
          statement(sql`update recipients set needed_again_at = max(${now}, coalesce(not_needed_at + 1, 0)),
          next_at = iif(acknowledged_at is null, ${now}, next_at), next_step = iif(${UNTOLD}, 0, next_step),
          started_at = iif(${UNTOLD}, ${now}, started_at), changed_at = max(changed_at + 1, ${now})
      where alert_id = ${alert.id} and person_id in ${listOf(neededAgain)} and ${guard}`),
        ]
  return [...away, ...again]
}
