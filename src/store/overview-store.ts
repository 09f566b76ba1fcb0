import { sql } from 'drizzle-orm'
import type { OverviewStore } from '../application/ports/overview-store.ts'
import { type Database, listOf, rowsOf } from './database.ts'

/** The part of a UUID version 7 that holds its time, to the millisecond, as it is written. */
const TIME_OF_ID = 13

export function createOverviewStore(database: Database): OverviewStore {
  return {
    async optOuts(personIds) {
      const rows = await rowsOf(
        database,
        sql`select c.id, o.sender from contact_points c
          join opt_outs o on o.address_hash = c.address_hash and o.sender like '%/' || c.kind
          where c.person_id in ${listOf(personIds)} and c.status <> 'gone'`,
      )
      const byPoint = Map.groupBy(rows, (row) => String(row.id))
      return new Map([...byPoint].map(([id, found]) => [id, found.map((row) => String(row.sender))]))
    },
    async shared(personIds) {
      const rows = await rowsOf(
        database,
        sql`select c.id from contact_points c
          where c.person_id in ${listOf(personIds)} and c.status <> 'gone' and c.kind <> 'push'
            and exists (select 1 from contact_points o join people p on p.id = o.person_id and p.removed_at is null
              where o.address_hash = c.address_hash and o.person_id <> c.person_id and o.status <> 'gone'
                and o.extension is c.extension)`,
      )
      return new Set(rows.map((row) => String(row.id)))
    },
    async openAlertsOf(personId) {
      const rows = await rowsOf(
        database,
        sql`select a.id from alerts a where a.state = 'open' and (a.expanded_to is not null
            or exists (select 1 from recipients r where r.person_id = ${personId} and r.alert_id = a.id))
          order by a.id desc`,
      )
      return rows.map((row) => String(row.id))
    },
    async sending(alertId) {
      const [row] = await rowsOf(
        database,
        sql`select coalesce(sum(state in ('accepted', 'delivered')), 0) as sent,
            coalesce(sum(state in ('queued', 'sending')), 0) as waiting, coalesce(sum(state = 'failed'), 0) as failed,
            (select a.error_reason from deliveries w join attempts a on a.delivery_id = w.id
              where w.alert_id = ${alertId} and w.state in ('queued', 'sending') and a.error_reason is not null
              order by a.ended_at desc limit 1) as trouble
          from deliveries where alert_id = ${alertId}`,
      )
      return {
        sent: Number(row?.sent ?? 0),
        waiting: Number(row?.waiting ?? 0),
        failed: Number(row?.failed ?? 0),
        trouble: row?.trouble == null ? null : String(row.trouble),
      }
    },
    async raiserOf(alertId) {
      // The entry is written with the alert, so that it stands right after it in the order of ids.
      const [row] = await rowsOf(
        database,
        sql`select actor from audit_entries where id >= ${alertId.slice(0, TIME_OF_ID)}
          and subject = ${alertId} and act = 'alert.raise' order by id limit 1`,
      )
      return row === undefined ? null : String(row.actor)
    },
  }
}
