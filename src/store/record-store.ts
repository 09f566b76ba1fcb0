import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { RecordStore } from '../application/ports/record-store.ts'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'
import { built, type Database, statement } from './database.ts'
import { idempotencyKeys } from './schema/access.ts'
import { auditEntries, settings } from './schema/audit.ts'

export function createRecordStore({ db }: Database): RecordStore {
  return {
    audit: (entry) => built(db.insert(auditEntries).values(entry)),
    auditIfChanged: (entry) =>
      statement(sql`insert into audit_entries (id, at, actor, act, subject, data)
        select ${entry.id}, ${entry.at}, ${entry.actor}, ${entry.act}, ${entry.subject}, ${JSON.stringify(entry.data)}
        where changes() > 0`),
    async auditEntries({ cursor, limit }) {
      const [id] = decodeCursor(cursor, 1) ?? []
      const where = id === undefined ? undefined : lt(auditEntries.id, id)
      const rows = await db
        .select()
        .from(auditEntries)
        .where(where)
        .orderBy(desc(auditEntries.id))
        .limit(limit + 1)
      return pageOf(rows, limit, (entry) => encodeCursor([entry.id]))
    },
    async setting(name) {
      const [row] = await db.select().from(settings).where(eq(settings.name, name))
      return row?.value ?? null
    },
    setSetting: (name, value) =>
      statement(sql`insert into settings (name, value) values (${name}, ${value})
        on conflict (name) do update set value = excluded.value`),
    count: (name) =>
      statement(sql`insert into settings (name, value) values (${name}, '1')
        on conflict (name) do update set value = cast(value as integer) + 1`),
    async done(actor, key) {
      const [row] = await db
        .select()
        .from(idempotencyKeys)
        .where(and(eq(idempotencyKeys.actor, actor), eq(idempotencyKeys.key, key)))
      return row ?? null
    },
    markDone: (actor, key, request, now) =>
      built(db.insert(idempotencyKeys).values({ actor, key, ...request, at: now })),
  }
}
