import { sql } from 'drizzle-orm'
import type { OutboxStore } from '../application/ports/outbox-store.ts'
import { type Database, rowsOf, statement } from './database.ts'

/** Up to which written time a set-back was made good: what is older says nothing more about the clock. */
const MADE_GOOD = 'clock_made_good'

/** What a clock that was set back does to everything that waits for a time. */
export function pullForward(database: Database): Pick<OutboxStore, 'newestTime' | 'pullForward'> {
  const open = sql`select id from alerts where state = 'open'`
  return {
    async newestTime() {
      const [row] = await rowsOf(
        database,
        sql`select max(at) as at from (
          select started_at as at from attempts where rowid = (select max(rowid) from attempts)
          union all select at from timeline where rowid = (select max(rowid) from timeline))
          where at > coalesce((select cast(value as integer) from settings where name = ${MADE_GOOD}), 0)`,
      )
      return row?.at === null || row?.at === undefined ? null : Number(row.at)
    },
    pullForward: (by, now) => [
      statement(sql`insert into settings (name, value) values (${MADE_GOOD}, ${String(now + by)})
        on conflict (name) do update set value = excluded.value`),
      // Later steps and holds count from the start.
      statement(sql`update recipients set started_at = started_at - ${by}, next_at = iif(next_at > ${now}, next_at - ${by}, next_at),
          not_needed_at = not_needed_at - ${by}, needed_again_at = needed_again_at - ${by}, changed_at = max(changed_at + 1, ${now})
        where started_at is not null and alert_id in (${open})`),
      statement(sql`update recipients set next_at = next_at - ${by}
        where started_at is null and next_at > ${now} and alert_id in (${open})`),
      statement(
        sql`update deliveries set due_at = due_at - ${by} where state in ('queued', 'sending') and due_at > ${now}`,
      ),
      statement(sql`update cards set deadline = deadline - ${by} where ended_at is null and alert_id in (${open})`),
      statement(sql`update alerts set decide_at = decide_at - ${by} where state = 'open' and decide_at > ${now}`),
      // One that may have been raised since lives longer rather than shorter.
      statement(sql`update alerts set ends_at = ends_at - ${by}, warn_at = warn_at - ${by}
        where state = 'open' and raised_at > ${now}`),
    ],
  }
}
