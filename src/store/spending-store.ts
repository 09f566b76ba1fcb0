import { sql } from 'drizzle-orm'
import type { SpendingStore } from '../application/ports/spending-store.ts'
import { type Database, rowsOf, statement } from './database.ts'

export function createSpendingStore(database: Database): SpendingStore {
  return {
    async spent(alertId) {
      const rows = await rowsOf(database, sql`select carrier, amount from spending where alert_id = ${alertId}`)
      return new Map(rows.map((row) => [String(row.carrier), Number(row.amount)]))
    },
    add: (amounts) =>
      statement(sql`insert into spending (alert_id, carrier, amount)
        select value->>'alertId', value->>'carrier', value->>'amount' from json_each(${JSON.stringify(amounts)}) where true
        on conflict (alert_id, carrier) do update set amount = amount + excluded.amount`),
  }
}
