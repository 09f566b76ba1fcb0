import { sql } from 'drizzle-orm'
import type { ClaimedDelivery, Lane } from '../application/ports/outbox-store.ts'
import type { Statement } from '../application/ports/statement.ts'
import type { Vault } from '../application/ports/vault.ts'
import { DAY } from '../domain/clock.ts'
import { IS_HELD } from './card-store.ts'
import { type Database, inJsonChunks, statement } from './database.ts'
import { toClaimed } from './outbox-rows.ts'

/** Told later than this, that an alert is over helps nobody. */
const END_STAYS_NEWS = DAY

/** Whether the last that a quorum decided about a recipient is that he or she is not needed. */
const SENT_AWAY = sql`(r.not_needed_at is not null and r.not_needed_at > coalesce(r.needed_again_at, -1))`

/** Whether a recipient stands at an accepting answer: nobody is called off who has just said yes. */
const ACCEPTS = sql`exists (select 1 from json_each(a.manifest, '$.template.responses') o
  where o.value->>'code' = r.response and o.value->>'accepts')`

/**
 * Takes due deliveries of a lane under a lease and writes their attempts, in one commit. An attempt that somebody else
 * began and never finished is `unknown` from here on.
 */
export async function claimDeliveries(
  database: Database,
  vault: Vault,
  lane: Lane,
  now: number,
  limit: number,
  leaseMs: number,
  lease: string,
): Promise<ClaimedDelivery[]> {
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
      select d.id, d.lease, d.attempts, d.alert_id, d.recipient_id, d.contact_point_id, d.channel, d.purpose, d.text, d.created_at,
        r.person_id, r.language, r.word_series, r.word_number, c.address_sealed, c.extension, c.status,
        case d.purpose
          when 'alert' then a.state = 'open' and r.acknowledged_at is null and p.removed_at is null and not ${SENT_AWAY}
          when 'update' then a.state = 'open' and not exists (select 1 from deliveries n where n.recipient_id = d.recipient_id
            and n.contact_point_id = d.contact_point_id and n.purpose = 'update' and n.text > d.text and n.state <> 'cancelled')
          when 'not_needed' then a.state = 'open' and ${SENT_AWAY} and not ${ACCEPTS}
          when 'needed_again' then a.state = 'open' and not ${SENT_AWAY} and (r.acknowledged_at is null or ${ACCEPTS})
          when 'ending' then a.state = 'open'
          when 'card' then exists (select 1 from cards c where c.holder = r.person_id and c.alert_id = d.alert_id
            and c.ended_at is null and ${IS_HELD})
          else d.created_at > ${now - END_STAYS_NEWS} end as wanted,
        iif(d.purpose = 'alert', 0, exists (select 1 from deliveries e where e.recipient_id = d.recipient_id
          and e.contact_point_id = d.contact_point_id and e.state = 'sending'
          and (e.purpose = 'alert' or (e.created_at, e.text) < (d.created_at, d.text)))) as too_early,
        (select json_group_array(sender) from opt_outs o where o.address_hash = c.address_hash) as opted_out,
        iif(d.attempts = 1, null, (select json_object('carrier', t.carrier, 'number', t.number, 'since', t.started_at) from attempts t
          where t.delivery_id = d.id and t.state = 'unknown' order by t.number desc limit 1)) as uncertain
      from deliveries d
      join recipients r on r.id = d.recipient_id
      join alerts a on a.id = d.alert_id
      join people p on p.id = r.person_id
      join contact_points c on c.id = d.contact_point_id
      where d.lease = ${lease} order by d.priority, d.id`),
  ])
  return (results[3] ?? []).map((row) => toClaimed(row, vault))
}

/** As if it had never been claimed: nothing was handed over. */
export function releaseClaims(
  claimed: readonly Pick<ClaimedDelivery, 'deliveryId' | 'attemptNumber' | 'lease'>[],
  now: number,
): Statement[] {
  return inJsonChunks(
    claimed.map(({ deliveryId, attemptNumber, lease }) => ({ deliveryId, attemptNumber, lease })),
  ).flatMap((json) => [
    statement(sql`
      delete from attempts where state = 'sending' and (delivery_id, number) in (
        select value->>'deliveryId', value->>'attemptNumber' from json_each(${json}))`),
    statement(sql`
      update deliveries set state = 'queued', lease = null, due_at = ${now}, attempts = attempts - 1
      from json_each(${json}) as s
      where deliveries.id = s.value->>'deliveryId' and +deliveries.lease = s.value->>'lease' and +deliveries.state = 'sending'`),
  ])
}
