import { sql } from 'drizzle-orm'
import type { CarrierFigures, Outcome } from '../application/ports/carrier-figures.ts'
import type { Lane } from '../application/ports/outbox-store.ts'
import type { Rows } from '../application/ports/statement.ts'
import { heightOf } from '../domain/alerts/rung.ts'
import { MINUTE } from '../domain/clock.ts'
import { type Database, rowsOf, statement } from './database.ts'

export function createCarrierFigures(database: Database): CarrierFigures {
  return {
    async aside() {
      const rows = await rowsOf(database, sql`select * from lanes_aside order by since`)
      return rows.map((row) => ({
        ...toLane(row),
        since: Number(row.since),
        until: Number(row.until),
        reason: String(row.reason),
        next: row.next === null ? null : String(row.next),
      }))
    },
    setAside: ({ carrier, channel, since, until, reason, next }) =>
      statement(sql`insert into lanes_aside (carrier, channel, since, until, reason, next)
        values (${carrier}, ${channel}, ${since}, ${until}, ${reason}, ${next})
        on conflict (carrier, channel) do update set until = excluded.until, reason = excluded.reason, next = excluded.next`),
    takeBack: ({ carrier, channel }) =>
      statement(sql`delete from lanes_aside where carrier = ${carrier} and channel = ${channel}`),
    count: ({ carrier, channel }, outcomes, now) =>
      statement(sql`insert into attempt_minutes (minute, carrier, channel, outcome, count)
        select ${Math.floor(now / MINUTE)}, ${carrier}, ${channel}, value, count(*) from json_each(${JSON.stringify(outcomes)})
        where true group by value
        on conflict (minute, carrier, channel, outcome) do update set count = count + excluded.count`),
    async outcomes(since) {
      const rows = await rowsOf(
        database,
        sql`select carrier, channel, outcome, sum(count) as count from attempt_minutes
          where minute >= ${Math.floor(since / MINUTE)} group by carrier, channel, outcome`,
      )
      return rows.map((row) => ({ ...toLane(row), outcome: row.outcome as Outcome, count: Number(row.count) }))
    },
    async waiting(now) {
      const rows = await rowsOf(
        database,
        sql`select carrier, channel, count(*) as count, min(iif(due_at <= ${now}, due_at, null)) as due_since
          from deliveries where state in ('queued', 'sending') group by carrier, channel`,
      )
      return rows.map((row) => ({
        ...toLane(row),
        count: Number(row.count),
        dueSince: row.due_since === null ? null : Number(row.due_since),
      }))
    },
    async acknowledgements() {
      const [row] = await rowsOf(
        database,
        sql`select coalesce(sum(count), 0) as count from tallies where kind = 'rung' and key = ${String(heightOf('acknowledged'))}`,
      )
      return Number(row?.count ?? 0)
    },
  }
}

function toLane(row: Rows[number]): Lane {
  return { carrier: String(row.carrier), channel: row.channel as Lane['channel'] }
}
