import { sql } from 'drizzle-orm'
import type { PeopleStore } from '../application/ports/people-store.ts'
import type { Statement } from '../application/ports/statement.ts'
import { type Database, failUnless, inJsonChunks, rowsIn, rowsOf, statement } from './database.ts'

/** What an alert says of somebody who was taken out while it was running. */
const TAKEN_OUT = 'taken out of the people meanwhile'

/** Of an alert whose audience is still being seated anybody may be part. */
const alertedAmong = (ids: readonly string[]) => sql`select v.value as id from json_each(${JSON.stringify(ids)}) as v
  where exists (select 1 from alerts where expanded_to is not null and state = 'open') or exists (
    select 1 from recipients r join alerts a on a.id = r.alert_id
    where r.person_id = v.value and r.informed = 0 and a.state = 'open')`

/** Who is in an alert that is running, and that nobody is. */
export function watchAlerted(database: Database): Pick<PeopleStore, 'alertedAmong' | 'requireNotAlerted'> {
  return {
    async alertedAmong(ids) {
      return (await rowsOf(database, alertedAmong(ids))).map((row) => String(row.id))
    },
    requireNotAlerted: (ids) => failUnless(sql`not exists (${alertedAmong(ids)})`),
  }
}

/**
 * Says in every running alert of these people that they are taken out, and ends their plans there. Stands before the
 * statement that takes them out, whose guard it repeats.
 */
export function takeOutOfAlerts(
  leaving: readonly { id: string; version: number }[],
  now: number,
  by: string,
): Statement[] {
  return inJsonChunks(leaving).flatMap((json) => {
    const theirs = sql`from ${rowsIn(json)} join people p on p.id = v->>'id' and p.version = v->>'version' and p.removed_at is null
      join recipients r on r.person_id = p.id and r.informed = 0
      join alerts a on a.id = r.alert_id and a.state = 'open'`
    return [
      statement(sql`insert into timeline (id, alert_id, at, kind, recipient_id, data)
        select ${beginningOf(now)} || substr(r.id, 15), r.alert_id, ${now}, 'person_removed', r.id, json_object('by', ${by})
        ${theirs} where true on conflict do nothing`),
      statement(sql`update recipients set next_at = null, unreachable = ${TAKEN_OUT}, changed_at = max(changed_at + 1, ${now})
        where acknowledged_at is null and id in (select r.id ${theirs})`),
    ]
  })
}

/** The time of a UUIDv7 (RFC 9562), by which entries are sorted; the rest of it is that of their recipient's. */
function beginningOf(now: number): string {
  const time = now.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-`
}
