import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { CHECK_STATES } from '../../domain/reach/check.ts'
import { contactPoints, people } from './people.ts'

/** One question to one contact point whether it still reaches its owner. Kept as the history of its proofs. */
export const checks = sqliteTable(
  'checks',
  {
    id: text('id').primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    contactPointId: text('contact_point_id')
      .notNull()
      .references(() => contactPoints.id),
    state: text('state', { enum: CHECK_STATES }).notNull(),
    /** The digits that an answer by text carries. */
    code: text('code').notNull(),
    linkHash: text('link_hash').notNull(),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    /** Somebody asks for it now, whatever the time of day. */
    byHand: integer('by_hand', { mode: 'boolean' }).notNull().default(false),
    /** Whether its owner had answered by it before: only then does its page show anything about them. */
    known: integer('known', { mode: 'boolean' }).notNull().default(false),
    dueAt: integer('due_at').notNull(),
    /** After this an answer proves nothing any more. */
    expiresAt: integer('expires_at').notNull(),
    /** While it is being handed over: until when nobody else does. */
    claimedUntil: integer('claimed_until'),
    attempts: integer('attempts').notNull().default(0),
    carrier: text('carrier'),
    providerId: text('provider_id'),
    sentAt: integer('sent_at'),
    endedAt: integer('ended_at'),
    /** Why it failed, or was not tried. */
    reason: text('reason'),
  },
  (table) => [
    uniqueIndex('checks_open').on(table.contactPointId).where(sql`state in ('waiting', 'sent')`),
    uniqueIndex('checks_link').on(table.linkHash),
    index('checks_due').on(table.dueAt).where(sql`state = 'waiting'`),
    index('checks_person').on(table.personId),
  ],
)

/** A page on which somebody sees and mends what is stored about them; whoever holds the link is believed to be them. */
export const detailsLinks = sqliteTable(
  'details_links',
  {
    tokenHash: text('token_hash').primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [index('details_links_person').on(table.personId)],
)
