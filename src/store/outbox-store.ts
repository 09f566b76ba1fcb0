import { sql } from 'drizzle-orm'
import type { OutboxStore } from '../application/ports/outbox-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import type { Purpose } from '../domain/messages/purpose.ts'
import { advancePlan } from './advance-plan.ts'
import { claimDeliveries, releaseClaims } from './claim-deliveries.ts'
import { type Database, listOf, rowsOf, statement } from './database.ts'
import { endAlert } from './end-alert.ts'
import { moveDeliveries } from './move-deliveries.ts'
import { notifyInCharge } from './notify-in-charge.ts'
import { toDue } from './outbox-rows.ts'
import { pullForward } from './pull-forward.ts'
import { queueFollowUps } from './queue-follow-ups.ts'
import { reportFact } from './report-fact.ts'
import { settleResults } from './settle-results.ts'

/** A device that has gone silent holds nobody up who can be reached in another way; whoever cannot is tried all the same. */
const isSilent = sql`c.kind = 'push' and c.status = 'failing' and exists (select 1 from contact_points o
  where o.person_id = c.person_id and o.kind <> 'push' and o.status in ('unverified', 'verified'))`

export function createOutboxStore(database: Database, vault: Vault): OutboxStore {
  return {
    async dueRecipients(now, limit) {
      const rows = await rowsOf(
        database,
        sql`select r.id, r.person_id, r.alert_id, r.next_step, r.started_at,
            coalesce(r.not_needed_at > coalesce(r.needed_again_at, -1), 0) as sent_away,
            (select json_group_array(json_object('id', c.id, 'kind', c.kind, 'gone', c.status = 'gone' or p.removed_at is not null or (${isSilent}),
                'optedOut', json((select json_group_array(sender) from opt_outs where address_hash = c.address_hash)))
                order by c.position)
              from contact_points c join people p on p.id = c.person_id where c.person_id = r.person_id) as points,
            (select json_group_array(json_object('contactPointId', d.contact_point_id, 'channel', d.channel, 'step', d.step,
                'state', d.state, 'failure', d.failure, 'attempts', d.attempts,
                'againAt', iif(d.failure = 'voicemail', d.due_at, null)) order by d.id)
              from deliveries d where d.recipient_id = r.id and d.purpose = 'alert' and d.state <> 'cancelled') as deliveries
          from recipients r where r.next_at is not null and r.next_at <= ${now} order by r.next_at limit ${limit}`,
      )
      return rows.map(toDue)
    },
    advance: advancePlan,
    markUnreachable: (ids, now) =>
      statement(sql`
        update recipients set changed_at = max(changed_at + 1, ${now}),
          unreachable = coalesce((
            select group_concat(reason, '; ') from (
              select d.channel || ': ' || coalesce(a.error_reason, 'not taken') as reason, min(a.rowid) as first
              from deliveries d join attempts a on a.delivery_id = d.id
              where d.recipient_id = recipients.id and d.state = 'failed'
              group by 1 order by first)), 'no working contact point')
        where id in ${listOf(ids)} and next_at is null and acknowledged_at is null and unreachable is null
          and exists (select 1 from alerts where id = recipients.alert_id and state = 'open')
          and not exists (select 1 from deliveries d where d.recipient_id = recipients.id and d.purpose = 'alert'
            and d.state in ('queued', 'sending', 'accepted', 'delivered'))`),
    claim: (lane, now, limit, leaseMs, lease) => claimDeliveries(database, vault, lane, now, limit, leaseMs, lease),
    release: releaseClaims,
    async leases() {
      const rows = await rowsOf(database, sql`select distinct lease from deliveries where lease is not null`)
      return rows.map((row) => String(row.lease))
    },
    expireLeases: (leases, now) =>
      statement(sql`update deliveries set due_at = ${now} where state = 'sending' and lease in ${listOf(leases)}`),
    settle: settleResults,
    async nextDue() {
      const [row] = await rowsOf(
        database,
        // A list, because D1 takes five parts of a compound select at most.
        sql`select min(value) as at from json_each(json_array(
          (select min(next_at) from recipients where next_at is not null),
          (select min(due_at) from deliveries where state in ('queued', 'sending')),
          (select 0 from alerts where expanded_to is not null limit 1),
          (select min(decide_at) from alerts where decide_at is not null and state = 'open'),
          (select min(ends_at) from alerts where state = 'open'),
          (select min(warn_at) from alerts where warn_at is not null)))`,
      )
      return row?.at === null || row?.at === undefined ? null : Number(row.at)
    },
    async waitsFor(alertId) {
      const rows = await rowsOf(
        database,
        sql`select 1 from recipients where alert_id = ${alertId} and next_at is not null
          union all select 1 from deliveries where alert_id = ${alertId} and state in ('queued', 'sending')
          union all select 1 from alerts where id = ${alertId} and (expanded_to is not null or (state = 'open' and decide_at is not null)) limit 1`,
      )
      return rows.length > 0
    },
    ...moveDeliveries(database),
    ...pullForward(database),
    ...endAlert,
    ...queueFollowUps,
    notify: notifyInCharge(vault),
    giveUp: (recipientId, channel, carrier, now) => [
      statement(sql`update deliveries set state = iif(state in ('queued', 'sending'), 'failed', state), failure = 'permanent'
        where recipient_id = ${recipientId} and channel = ${channel} and carrier = ${carrier} and purpose = 'alert'
          and state in ('queued', 'sending', 'accepted', 'delivered')`),
      statement(sql`update recipients set next_at = ${now}, changed_at = max(changed_at + 1, ${now})
        where id = ${recipientId} and acknowledged_at is null
          and exists (select 1 from alerts where id = recipients.alert_id and state = 'open')`),
    ],
    report: reportFact,
    async attempt(providerId) {
      const [row] = await rowsOf(
        database,
        sql`select delivery_id, number from attempts
          where substr(provider_id, -8) = substr(${providerId}, -8) and provider_id = ${providerId} limit 1`,
      )
      return row ? { deliveryId: String(row.delivery_id), number: Number(row.number) } : null
    },
    async context(deliveryId) {
      const [row] = await rowsOf(
        database,
        sql`select d.recipient_id, d.alert_id, d.contact_point_id, d.purpose, d.text, c.address_sealed
          from deliveries d join contact_points c on c.id = d.contact_point_id where d.id = ${deliveryId}`,
      )
      if (!row) return null
      return {
        recipientId: String(row.recipient_id),
        alertId: String(row.alert_id),
        contactPointId: String(row.contact_point_id),
        purpose: row.purpose as Purpose,
        update: Number(row.text),
        address: vault.open(String(row.address_sealed)),
      }
    },
  }
}
