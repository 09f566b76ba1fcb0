import { sql } from 'drizzle-orm'
import type { Purpose } from '../application/ports/carrier.ts'
import type { OutboxStore } from '../application/ports/outbox-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import { type Database, inJsonChunks, listOf, rowsOf, statement } from './database.ts'
import { toClaimed, toDue } from './outbox-rows.ts'
import { reportFact } from './report-fact.ts'
import { settleResults } from './settle-results.ts'

export function createOutboxStore(database: Database, vault: Vault): OutboxStore {
  return {
    async dueRecipients(now, limit) {
      const rows = await rowsOf(
        database,
        sql`select r.id, r.alert_id, r.next_step, r.started_at,
            (select json_group_array(json_object('id', c.id, 'kind', c.kind, 'gone', c.status = 'gone' or p.removed_at is not null,
                'optedOut', json((select json_group_array(sender) from opt_outs where address_hash = c.address_hash)))
                order by c.position)
              from contact_points c join people p on p.id = c.person_id where c.person_id = r.person_id) as points,
            (select json_group_array(json_object('contactPointId', d.contact_point_id, 'channel', d.channel, 'step', d.step,
                'state', d.state, 'failure', d.failure) order by d.id)
              from deliveries d where d.recipient_id = r.id and d.purpose = 'alert') as deliveries
          from recipients r where r.next_at is not null and r.next_at <= ${now} order by r.next_at limit ${limit}`,
      )
      return rows.map(toDue)
    },
    advance(moves, deliveries, now) {
      return [
        ...inJsonChunks(deliveries).map((json) =>
          statement(sql`
            insert into deliveries (id, alert_id, recipient_id, contact_point_id, channel, purpose, step, carrier, state, priority, due_at, created_at)
            select v->>'id', v->>'alertId', v->>'recipientId', v->>'contactPointId', v->>'channel', v->>'purpose',
              v->>'step', v->>'carrier', 'queued', v->>'priority', v->>'dueAt', ${now}
            from (select value as v from json_each(${json}))
            join recipients r on r.id = v->>'recipientId' and r.next_step = v->>'fromStep' and r.next_at <= ${now}
            where true on conflict (id) do nothing`),
        ),
        ...inJsonChunks(moves).map((json) =>
          statement(sql`
            update recipients set next_step = m.value->>'nextStep', next_at = m.value->>'nextAt', started_at = coalesce(started_at, ${now}),
              changed_at = max(changed_at + 1, ${now})
            from json_each(${json}) as m
            where recipients.id = m.value->>'recipientId' and recipients.next_step = m.value->>'fromStep'
              and recipients.next_at <= ${now}`),
        ),
      ]
    },
    markUnreachable: (ids, now) =>
      statement(sql`
        update recipients set changed_at = max(changed_at + 1, ${now}),
          unreachable = coalesce((
            select group_concat(reason, '; ') from (
              select distinct d.channel || ': ' || coalesce(a.error_reason, 'not taken') as reason
              from deliveries d join attempts a on a.delivery_id = d.id and a.number = d.attempts
              where d.recipient_id = recipients.id and d.state = 'failed')), 'no working contact point')
        where id in ${listOf(ids)} and next_at is null and acknowledged_at is null and unreachable is null
          and exists (select 1 from alerts where id = recipients.alert_id and state = 'open')
          and not exists (select 1 from deliveries d where d.recipient_id = recipients.id and d.purpose = 'alert'
            and d.state in ('queued', 'sending', 'accepted', 'delivered'))`),
    async claim(lane, now, limit, leaseMs, lease) {
      const results = await database.commit([
        statement(sql`
          update deliveries set state = 'sending', lease = ${lease}, due_at = ${now + leaseMs}, attempts = attempts + 1
          where id in (select id from deliveries where carrier = ${lane.carrier} and channel = ${lane.channel} and state in ('queued', 'sending')
            and due_at <= ${now} order by priority, due_at limit ${limit})`),
        statement(sql`
          update attempts set state = 'unknown', ended_at = ${now}
          where state = 'sending' and delivery_id in (select id from deliveries where lease = ${lease})`),
        statement(sql`
          insert into attempts (delivery_id, number, carrier, state, started_at)
          select id, attempts, carrier, 'sending', ${now} from deliveries where lease = ${lease}`),
        statement(sql`
          select d.id, d.lease, d.attempts, d.alert_id, d.recipient_id, d.contact_point_id, d.channel, d.purpose, d.created_at,
            r.language, c.address_sealed, c.extension, c.status,
            (d.purpose = 'all_clear' or (a.state = 'open' and r.acknowledged_at is null)) and p.removed_at is null as wanted,
            exists (select 1 from opt_outs o where o.address_hash = c.address_hash and o.sender = d.carrier || '/' || d.channel) as opted_out
          from deliveries d
          join recipients r on r.id = d.recipient_id
          join alerts a on a.id = d.alert_id
          join people p on p.id = r.person_id
          join contact_points c on c.id = d.contact_point_id
          where d.lease = ${lease} order by d.priority, d.id`),
      ])
      return (results[3] ?? []).map((row) => toClaimed(row, vault))
    },
    settle: settleResults,
    async nextDue() {
      const [row] = await rowsOf(
        database,
        sql`select min(at) as at from (
          select min(next_at) as at from recipients where next_at is not null
          union all select min(due_at) from deliveries where state in ('queued', 'sending')
          union all select 0 from alerts where expanded_to is not null
          union all select min(ends_at) from alerts where state = 'open')`,
      )
      return row?.at === null || row?.at === undefined ? null : Number(row.at)
    },
    async waitsFor(alertId) {
      const rows = await rowsOf(
        database,
        sql`select 1 from recipients where alert_id = ${alertId} and next_at is not null
          union all select 1 from deliveries where alert_id = ${alertId} and state in ('queued', 'sending')
          union all select 1 from alerts where id = ${alertId} and expanded_to is not null limit 1`,
      )
      return rows.length > 0
    },
    reroute: (channel, known, carrier) =>
      statement(sql`update deliveries set carrier = ${carrier}
        where state in ('queued', 'sending') and channel = ${channel} and carrier not in ${listOf(known)}`),
    queueAllClear: (alertId, now, priority) =>
      statement(sql`
        insert into deliveries (id, alert_id, recipient_id, contact_point_id, channel, purpose, step, carrier, state, priority, due_at, created_at)
        select substr(d.id, 1, 14) || '8' || substr(d.id, 16), d.alert_id, d.recipient_id, d.contact_point_id, d.channel,
          'all_clear', d.step, d.carrier, 'queued', ${priority}, ${now}, ${now}
        from deliveries d
        where d.alert_id = ${alertId} and d.purpose = 'alert'
          and exists (select 1 from alerts where id = ${alertId} and closed_at = ${now})
          and exists (select 1 from attempts t where t.delivery_id = d.id and t.state in ('sending', 'accepted', 'delivered', 'voicemail', 'unknown'))
          and d.id = (select min(f.id) from deliveries f where f.recipient_id = d.recipient_id
            and f.contact_point_id = d.contact_point_id and f.purpose = 'alert')
        on conflict (id) do nothing`),
    giveUp: (recipientId, channel, carrier, now) => [
      statement(sql`update deliveries set state = iif(state in ('queued', 'sending'), 'failed', state), failure = 'permanent'
        where recipient_id = ${recipientId} and channel = ${channel} and carrier = ${carrier} and purpose = 'alert'
          and state in ('queued', 'sending', 'accepted', 'delivered')`),
      statement(sql`update recipients set next_at = ${now}, changed_at = max(changed_at + 1, ${now})
        where id = ${recipientId} and acknowledged_at is null
          and exists (select 1 from alerts where id = recipients.alert_id and state = 'open')`),
    ],
    cancelQueued: (alertId) =>
      statement(sql`update deliveries set state = 'cancelled'
        where alert_id = ${alertId} and state = 'queued' and purpose = 'alert'
          and exists (select 1 from alerts where id = ${alertId} and state <> 'open')`),
    stopPlan: (alertId, now) =>
      statement(sql`update recipients set next_at = null, changed_at = max(changed_at + 1, ${now})
        where alert_id = ${alertId} and next_at is not null
          and exists (select 1 from alerts where id = ${alertId} and state <> 'open')`),
    report: reportFact,
    async attempt(providerId) {
      const [row] = await rowsOf(
        database,
        sql`select delivery_id, number from attempts where provider_id = ${providerId} limit 1`,
      )
      return row ? { deliveryId: String(row.delivery_id), number: Number(row.number) } : null
    },
    async context(deliveryId) {
      const [row] = await rowsOf(
        database,
        sql`select d.recipient_id, d.alert_id, d.contact_point_id, d.purpose, c.address_sealed
          from deliveries d join contact_points c on c.id = d.contact_point_id where d.id = ${deliveryId}`,
      )
      if (!row) return null
      return {
        recipientId: String(row.recipient_id),
        alertId: String(row.alert_id),
        contactPointId: String(row.contact_point_id),
        purpose: row.purpose as Purpose,
        address: vault.open(String(row.address_sealed)),
      }
    },
  }
}
