import { sql } from 'drizzle-orm'
import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { TemplateContent } from '../../domain/templates/template.ts'

export const templates = sqliteTable(
  'templates',
  {
    id: text('id').primaryKey(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    content: text('content', { mode: 'json' }).$type<TemplateContent>().notNull(),
    updatedAt: integer('updated_at').notNull(),
    removedAt: integer('removed_at'),
  },
  (table) => [uniqueIndex('templates_name').on(table.name).where(sql`removed_at is null`)],
)
