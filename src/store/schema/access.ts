import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { people } from './people.ts'

export const accounts = sqliteTable(
  'accounts',
  {
    id: text('id').primaryKey(),
    personId: text('person_id').references(() => people.id),
    name: text('name').notNull(),
    role: text('role', { enum: ['commander', 'administrator', 'risk_manager', 'responder'] }).notNull(),
    createdAt: integer('created_at').notNull(),
    removedAt: integer('removed_at'),
  },
  (table) => [index('accounts_name').on(table.name, table.id)],
)

/** One-time links; only the hash of the secret is kept. */
export const invitations = sqliteTable(
  'invitations',
  {
    id: text('id').primaryKey(),
    tokenHash: text('token_hash').notNull(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
  },
  (table) => [uniqueIndex('invitations_token').on(table.tokenHash), index('invitations_account').on(table.accountId)],
)

export const sessions = sqliteTable(
  'sessions',
  {
    tokenHash: text('token_hash').primaryKey(),
    /** Names it to people: the hash stays inside. */
    id: text('id').notNull().default(''),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [index('sessions_account').on(table.accountId, table.id)],
)

export const keys = sqliteTable(
  'keys',
  {
    id: text('id').primaryKey(),
    secretHash: text('secret_hash').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: ['commander', 'administrator', 'risk_manager', 'responder', 'directory'] }).notNull(),
    mayRaise: text('may_raise', { mode: 'json' }).$type<string[] | null>(),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    expiresAt: integer('expires_at'),
    lastUsedAt: integer('last_used_at'),
    revokedAt: integer('revoked_at'),
  },
  (table) => [uniqueIndex('keys_secret').on(table.secretHash)],
)

/** A creating request that was carried out, so that its repetition answers the same and does nothing. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    actor: text('actor').notNull(),
    key: text('key').notNull(),
    requestHash: text('request_hash').notNull(),
    status: integer('status').notNull(),
    response: text('response').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.actor, table.key] })],
)
