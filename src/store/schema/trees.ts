import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { people } from './people.ts'

export const trees = sqliteTable(
  'trees',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /** The number of the current version. */
    version: integer('version').notNull(),
    people: integer('people').notNull(),
    updatedAt: integer('updated_at').notNull(),
    removedAt: integer('removed_at'),
  },
  (table) => [uniqueIndex('trees_name').on(table.name).where(sql`removed_at is null`)],
)

/** When each version was saved, and by whom, as the audit log names them. */
export const treeVersions = sqliteTable(
  'tree_versions',
  {
    treeId: text('tree_id')
      .notNull()
      .references(() => trees.id),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    people: integer('people').notNull(),
    at: integer('at').notNull(),
    by: text('by').notNull(),
    /** When the tree was taken out, where that is what ended this version. */
    removedAt: integer('removed_at'),
  },
  (table) => [primaryKey({ columns: [table.treeId, table.version] })],
)

/** Versions are never changed; naming one freezes an audience. */
export const treeNodes = sqliteTable(
  'tree_nodes',
  {
    treeId: text('tree_id')
      .notNull()
      .references(() => trees.id),
    version: integer('version').notNull(),
    /** Breadth-first order. */
    position: integer('position').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    parentId: text('parent_id'),
    deputies: text('deputies', { mode: 'json' }).$type<string[]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.treeId, table.version, table.position] }),
    index('tree_nodes_person').on(table.personId),
    index('tree_nodes_with_deputies').on(table.treeId, table.version).where(sql`deputies <> '[]'`),
  ],
)
