import { type SQL, sql } from 'drizzle-orm'
import type { OutboxStore, Outlet } from '../application/ports/outbox-store.ts'
import type { Statement } from '../application/ports/statement.ts'
import { type EndPurpose, purposeOfEnd } from '../domain/messages/purpose.ts'
import { listOf, statement } from './database.ts'

/** What tells the follow-ups of one delivery apart: an update takes its own number beyond these. */
const PLACES: Record<EndPurpose, number> = { all_clear: 0, expired: 256, cancelled: 512, in_error: 768 }
const FIRST_UPDATE = 1024

/**
 * The id of a follow-up's delivery follows from the first delivery there, or from the recipient where there is none, as
 * a UUID of version 8 (RFC 9562, 5.8), whose other bits are free: to the twelve random bits after the version a number is
 * added that says which follow-up it is, so that two who do the same at once queue it once.
 */
function followUpId(place: SQL): SQL {
  const digit = (at: number) => sql`(instr('0123456789abcdef', substr(t.id, ${sql.raw(String(at))}, 1)) - 1)`
  const bits = sql`(${digit(16)} * 256 + ${digit(17)} * 16 + ${digit(18)} + ${place}) % 4096`
  return sql`substr(t.id, 1, 14) || '8' || printf('%03x', ${bits}) || substr(t.id, 19)`
}

interface Reach {
  alertId: SQL
  /** Of these recipients only. */
  among?: SQL
  /** Only where it can be read. */
  readable?: boolean
  outlets: readonly Outlet[]
}

/**
 * Where recipients of an alert are told more of it, each contact point once (`place` 1), with the carrier.
 *
 * - Every contact point where anything of the alert was accepted or is uncertain, by the carrier that took it: the one
 *   whose messages this phone knows. What was refused later may have arrived.
 * - For those who heard of it although there is no such point, by a call from the holder of a card, by somebody who asked
 *   them, or in the app: their first point that an outlet may reach, in the order of the outlets' channels.
 */
function reachedPoints({ alertId, among, readable = false, outlets }: Reach): SQL {
  const arrived = sql`(t.state in ('sending', 'accepted', 'delivered', 'voicemail', 'unknown') or t.provider_id is not null)`
  const written = readable ? sql`and d.channel <> 'voice'` : sql``
  // A call that a holder could not read anything from is none of the points that are readable.
  const heard = readable ? sql`1` : sql`r.rung > 0`
  return sql`(
    select d.id, d.alert_id, d.recipient_id, d.contact_point_id, d.channel, d.step, t.carrier, d.allowed,
      row_number() over (partition by d.recipient_id, d.contact_point_id order by d.id, t.number desc) as place
    from deliveries d join attempts t on t.delivery_id = d.id
    where d.alert_id = ${alertId} and d.purpose = 'alert' and ${arrived} ${written}
      ${among ? sql`and d.recipient_id in ${among}` : sql``}
    union all
    select r.id, r.alert_id, r.id, c.id, c.kind, 0, o.value->>'carrier', null,
      row_number() over (partition by r.id order by (select min(f.key) from json_each(${JSON.stringify(outlets)}) as f
        where f.value->>'channel' = c.kind), c.position, o.key)
    from recipients r
    cross join contact_points c on c.person_id = r.person_id and c.status <> 'gone'
    cross join json_each(${JSON.stringify(outlets)}) as o on o.value->>'channel' = c.kind
    where r.alert_id = ${alertId} and r.informed = 0 and ${heard} ${among ? sql`and r.id in ${among}` : sql``}
      and not exists (select 1 from deliveries d join attempts t on t.delivery_id = d.id
        where d.recipient_id = r.id and d.purpose = 'alert' and ${arrived} ${written})
      and not exists (select 1 from opt_outs x where x.address_hash = c.address_hash and x.sender = o.value->>'sender'))`
}

const COLUMNS = sql`(id, alert_id, recipient_id, contact_point_id, channel, purpose, text, step, carrier, allowed, state, priority, due_at, created_at)`

/**
 * Tells people of an alert something about their part in it, where anything of it may have arrived; who is to phone
 * others is told where the link can be followed, as far as there is such a point. Not known before they are queued, the
 * ids are random: the guard sees to it that this is done once.
 */
export function queueNotices(
  purpose: 'not_needed' | 'needed_again' | 'card',
  alertId: string,
  people: readonly string[],
  { now, priority, guard, outlets }: { now: number; priority: number; guard: SQL; outlets: readonly Outlet[] },
): Statement {
  const among = sql`(select id from recipients where alert_id = ${alertId} and person_id in ${listOf(people)})`
  const reach = { alertId: sql`${alertId}`, among, readable: purpose === 'card', outlets }
  return statement(sql`
    insert into deliveries ${COLUMNS}
    select substr(t.id, 1, 14) || '8' || substr(t.id, 16, 9) || lower(hex(randomblob(6))), t.alert_id, t.recipient_id,
      t.contact_point_id, t.channel, ${purpose}, 0, t.step, t.carrier, t.allowed, 'queued', ${priority}, ${now}, ${now}
    from ${reachedPoints(reach)} as t
    where t.place = 1 and ${guard}`)
}

export const queueFollowUps: Pick<OutboxStore, 'queueEnd' | 'queueUpdate'> = {
  queueEnd(alertId, state, now, priority, outlets) {
    const purpose = purposeOfEnd(state)
    return statement(sql`
      insert into deliveries ${COLUMNS}
      select ${followUpId(sql.raw(String(PLACES[purpose])))}, t.alert_id, t.recipient_id, t.contact_point_id, t.channel,
        ${purpose}, 0, t.step, t.carrier, t.allowed, 'queued', ${priority}, ${now}, ${now}
      from ${reachedPoints({ alertId: sql`${alertId}`, outlets })} as t
      where t.place = 1 and exists (select 1 from alerts where id = ${alertId} and closed_at = ${now} and state = ${state})
      on conflict (id) do nothing`)
  },
  queueUpdate: (updateId, now, priority, outlets) => [
    // What is newer says all that this one would have said.
    statement(sql`
      update deliveries set state = 'cancelled'
      from updates u
      where u.id = ${updateId} and deliveries.alert_id = u.alert_id and deliveries.purpose = 'update'
        and deliveries.state = 'queued' and deliveries.text < u.number
        and exists (select 1 from recipients r where r.id = deliveries.recipient_id
          and (u.audience = 'all' or (u.audience = 'silent') = (r.acknowledged_at is null)))`),
    statement(sql`
      insert into deliveries ${COLUMNS}
      select ${followUpId(sql`${sql.raw(String(FIRST_UPDATE))} + u.number`)}, t.alert_id, t.recipient_id, t.contact_point_id,
        t.channel, 'update', u.number, t.step, t.carrier, t.allowed, 'queued', ${priority}, ${now}, ${now}
      from updates u
      join ${reachedPoints({ alertId: sql`(select alert_id from updates where id = ${updateId})`, outlets })} as t on t.place = 1
      join recipients r on r.id = t.recipient_id
      where u.id = ${updateId} and (u.audience = 'all' or (u.audience = 'silent') = (r.acknowledged_at is null))
      on conflict (id) do nothing`),
  ],
}
