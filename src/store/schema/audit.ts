import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Every act, in the commit that did it. The sealer that chains the entries by hash comes after the fact. */
export const auditEntries = sqliteTable('audit_entries', {
  id: text('id').primaryKey(),
  at: integer('at').notNull(),
  actor: text('actor').notNull(),
  act: text('act').notNull(),
  subject: text('subject'),
  data: text('data', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
})

/** What this database is: whose, and whether it is a demo. */
export const settings = sqliteTable('settings', { name: text('name').primaryKey(), value: text('value').notNull() })
