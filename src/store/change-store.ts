import { and, asc, eq, gte, sql } from 'drizzle-orm'
import type { AlertStore, TimelineRecord } from '../application/ports/alert-store.ts'
import { type Database, rowsOf } from './database.ts'
import { recipients } from './schema/alerts.ts'

type ChangeStore = Pick<AlertStore, 'newestChange' | 'changesSince' | 'entriesSince'>

/** What is new in an alert, in the order of the commits. */
export function createChangeStore(database: Database): ChangeStore {
  const { db } = database
  return {
    async newestChange(alertId) {
      const [row] = await rowsOf(
        database,
        sql`select changed_at as at, count(*) as count from recipients where alert_id = ${alertId} and informed = 0
          group by changed_at order by changed_at desc limit 1`,
      )
      return row ? { at: Number(row.at), count: Number(row.count) } : null
    },
    changesSince: (alertId, time) =>
      db
        .select({ id: recipients.id, changedAt: recipients.changedAt })
        .from(recipients)
        .where(and(eq(recipients.alertId, alertId), eq(recipients.informed, 0), gte(recipients.changedAt, time)))
        .orderBy(asc(recipients.changedAt), asc(recipients.id)),
    async entriesSince(alertId, number, limit) {
      // Ids are made before the commit waits for its turn; rows are numbered in it. The plus keeps the index of the
      // alert out: only what is new is looked at, however long the alert has been running.
      const rows = await rowsOf(
        database,
        sql`select top, t.rowid as number, id, at, kind, recipient_id, data
          from (select coalesce(max(rowid), 0) as top from timeline)
          left join timeline t on t.rowid > coalesce(${number}, top) and t.rowid <= top and +t.alert_id = ${alertId}
          order by t.rowid limit ${limit}`,
      )
      const records = rows.filter((row) => row.id !== null).map((row) => toRecord(alertId, row))
      return { records, number: Number(records.length < limit ? rows[0]?.top : rows.at(-1)?.number) }
    },
  }
}

function toRecord(alertId: string, row: Record<string, unknown>): TimelineRecord {
  const { id, at, kind, recipient_id: recipientId, data } = row
  return {
    id: String(id),
    alertId,
    at: Number(at),
    kind: String(kind),
    recipientId: recipientId === null ? null : String(recipientId),
    data: JSON.parse(String(data)) as Record<string, unknown>,
  }
}
