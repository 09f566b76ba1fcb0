import { type SQL, sql } from 'drizzle-orm'
import type { OutboxStore } from '../application/ports/outbox-store.ts'
import type { Statement } from '../application/ports/statement.ts'
import { type EndPurpose, purposeOfEnd } from '../domain/messages/purpose.ts'
import { listOf, statement } from './database.ts'

/** What tells the follow-ups of one delivery apart: an update takes its own number beyond these. */
const PLACES: Record<EndPurpose, number> = { all_clear: 0, expired: 256, cancelled: 512, in_error: 768 }
const FIRST_UPDATE = 1024

/**
 * The id of a follow-up's delivery follows from the first delivery there, as a UUID of version 8 (RFC 9562, 5.8), whose
 * other bits are free: to the twelve random bits after the version a number is added that says which follow-up it is,
 * so that two who do the same at once queue it once.
 */
function followUpId(place: SQL): SQL {
  const digit = (at: number) => sql`(instr('0123456789abcdef', substr(d.id, ${sql.raw(String(at))}, 1)) - 1)`
  const bits = sql`(${digit(16)} * 256 + ${digit(17)} * 16 + ${digit(18)} + ${place}) % 4096`
  return sql`substr(d.id, 1, 14) || '8' || printf('%03x', ${bits}) || substr(d.id, 19)`
}

/**
 * Every contact point where anything of an alert was accepted or is uncertain, once, with the carrier that took it: the
 * one whose messages this phone knows. What was refused later may have arrived.
 */
function reachedPoints(alertId: SQL): SQL {
  return sql`(
    select d.id, t.carrier, row_number() over (partition by d.recipient_id, d.contact_point_id order by d.id, t.number desc) as place
    from deliveries d join attempts t on t.delivery_id = d.id
    where d.alert_id = ${alertId} and d.purpose = 'alert'
      and (t.state in ('sending', 'accepted', 'delivered', 'voicemail', 'unknown') or t.provider_id is not null))`
}

const COLUMNS = sql`(id, alert_id, recipient_id, contact_point_id, channel, purpose, text, step, carrier, allowed, state, priority, due_at, created_at)`

/** What goes to where an alert may have arrived. */
/**
 * Tells people of an alert something about their part in it, where anything of it may have arrived; who is to phone
 * others is told where the link can be followed. Not known before they are queued, the ids are random: the guard sees to
 * it that this is done once.
 */
export function queueNotices(
  purpose: 'not_needed' | 'needed_again' | 'card',
  alertId: string,
  people: readonly string[],
  { now, priority, guard }: { now: number; priority: number; guard: SQL },
): Statement {
  const them = sql`(select id from recipients where alert_id = ${alertId} and person_id in ${listOf(people)})`
  const channels = purpose === 'card' ? sql`and d.channel <> 'voice'` : sql``
  return statement(sql`
    insert into deliveries ${COLUMNS}
    select substr(d.id, 1, 14) || '8' || substr(d.id, 16, 9) || lower(hex(randomblob(6))), d.alert_id, d.recipient_id,
      d.contact_point_id, d.channel, ${purpose}, 0, d.step, t.carrier, d.allowed, 'queued', ${priority}, ${now}, ${now}
    from ${reachedPoints(sql`${alertId} and d.recipient_id in ${them}`)} as t
    join deliveries d on d.id = t.id
    where t.place = 1 ${channels} and ${guard}`)
}

export const queueFollowUps: Pick<OutboxStore, 'queueEnd' | 'queueUpdate'> = {
  queueEnd(alertId, state, now, priority) {
    const purpose = purposeOfEnd(state)
    return statement(sql`
      insert into deliveries ${COLUMNS}
      select ${followUpId(sql.raw(String(PLACES[purpose])))}, d.alert_id, d.recipient_id, d.contact_point_id, d.channel,
        ${purpose}, 0, d.step, t.carrier, d.allowed, 'queued', ${priority}, ${now}, ${now}
      from ${reachedPoints(sql`${alertId}`)} as t
      join deliveries d on d.id = t.id
      where t.place = 1 and exists (select 1 from alerts where id = ${alertId} and closed_at = ${now} and state = ${state})
      on conflict (id) do nothing`)
  },
  queueUpdate: (updateId, now, priority) => [
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
      select ${followUpId(sql`${sql.raw(String(FIRST_UPDATE))} + u.number`)}, d.alert_id, d.recipient_id, d.contact_point_id,
        d.channel, 'update', u.number, d.step, t.carrier, d.allowed, 'queued', ${priority}, ${now}, ${now}
      from updates u
      join ${reachedPoints(sql`(select alert_id from updates where id = ${updateId})`)} as t on t.place = 1
      join deliveries d on d.id = t.id
      join recipients r on r.id = d.recipient_id
      where u.id = ${updateId} and (u.audience = 'all' or (u.audience = 'silent') = (r.acknowledged_at is null))
      on conflict (id) do nothing`),
  ],
}
