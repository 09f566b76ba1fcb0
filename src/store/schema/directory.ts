import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { people } from './people.ts'

/** People whom a directory pushes, each with what it said last: sealed, since that holds names and addresses. */
export const directoryUsers = sqliteTable(
  'directory_users',
  {
    personId: text('person_id')
      .primaryKey()
      .references(() => people.id),
    version: integer('version').notNull(),
    userNameHash: text('user_name_hash').notNull(),
    externalId: text('external_id'),
    /** What the directory said; one that it deleted is kept, so that whom it gives back is the same person. */
    state: text('state', { enum: ['active', 'inactive', 'deleted'] }).notNull(),
    sealed: text('sealed').notNull(),
    /** Ids of the contact points that it brought, and may take back. */
    points: text('points', { mode: 'json' }).$type<string[]>().notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('directory_users_name').on(table.userNameHash),
    uniqueIndex('directory_users_external_id').on(table.externalId),
  ],
)

export const directoryGroups = sqliteTable(
  'directory_groups',
  {
    id: text('id').primaryKey(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    /** The name as it is compared. */
    nameKey: text('name_key').notNull(),
    externalId: text('external_id'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('directory_groups_name').on(table.nameKey),
    uniqueIndex('directory_groups_external_id').on(table.externalId),
  ],
)

export const directoryMembers = sqliteTable(
  'directory_members',
  {
    groupId: text('group_id')
      .notNull()
      .references(() => directoryGroups.id),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.personId] }),
    index('directory_members_person').on(table.personId),
  ],
)

/** Whom a directory took out, or would have taken out if that did not wait for a human. */
export const directoryRemovals = sqliteTable(
  'directory_removals',
  {
    id: text('id').primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    at: integer('at').notNull(),
    by: text('by').notNull(),
    how: text('how', { enum: ['deactivated', 'deleted'] }).notNull(),
    /** Why it waits or waited; null when it did not have to. */
    reason: text('reason', { enum: ['over_limit', 'in_alert', 'has_account'] }),
    outcome: text('outcome', { enum: ['done', 'waiting', 'confirmed', 'rejected', 'given_back'] }).notNull(),
    settledAt: integer('settled_at'),
    settledBy: text('settled_by'),
  },
  (table) => [
    uniqueIndex('directory_removals_waiting').on(table.personId).where(sql`outcome = 'waiting'`),
    index('directory_removals_outcome').on(table.outcome, table.at),
  ],
)
