import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Manifest } from '../../domain/alerts/alert.ts'
import { people } from './people.ts'

export const alerts = sqliteTable(
  'alerts',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: ['live', 'drill'] }).notNull(),
    state: text('state', { enum: ['open', 'closed', 'expired'] }).notNull(),
    code: text('code').notNull(),
    manifest: text('manifest', { mode: 'json' }).$type<Manifest>().notNull(),
    audience: integer('audience').notNull(),
    raisedAt: integer('raised_at').notNull(),
    raisedBy: text('raised_by').notNull(),
    endsAt: integer('ends_at').notNull(),
    closedAt: integer('closed_at'),
    closedBy: text('closed_by'),
    /** How many places of the frozen audience have become recipients; null when all have. */
    expandedTo: integer('expanded_to'),
  },
  (table) => [
    index('alerts_state').on(table.state, table.endsAt),
    index('alerts_code').on(table.code),
    index('alerts_expanding').on(table.expandedTo).where(sql`expanded_to is not null`),
  ],
)

export const recipients = sqliteTable(
  'recipients',
  {
    id: text('id').primaryKey(),
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    /** As it was when the alert was raised. */
    name: text('name').notNull(),
    language: text('language').notNull(),
    position: integer('position').notNull(),
    linkHash: text('link_hash').notNull(),
    /** Height on the truth ladder, 0 to 4; only ever grows. */
    rung: integer('rung').notNull().default(0),
    /** Why nobody can be reached here; null otherwise. */
    unreachable: text('unreachable'),
    /** The latest answer. */
    response: text('response'),
    acknowledgedAt: integer('acknowledged_at'),
    acknowledgedBy: text('acknowledged_by'),
    acknowledgedChannel: text('acknowledged_channel'),
    /** The next step of the plan and when it is due; `nextAt` is null when the plan is over for this person. */
    nextStep: integer('next_step').notNull().default(0),
    /** When the first step was planned; later steps count from here. */
    startedAt: integer('started_at'),
    nextAt: integer('next_at'),
    /** Never below the newest of its alert (a trigger sees to it): whoever reads on from there misses nothing. */
    changedAt: integer('changed_at').notNull(),
  },
  (table) => [
    uniqueIndex('recipients_person').on(table.alertId, table.personId),
    uniqueIndex('recipients_link').on(table.linkHash),
    index('recipients_changed').on(table.alertId, table.changedAt, table.id),
    index('recipients_page').on(table.alertId, table.id),
    index('recipients_due').on(table.nextAt).where(sql`next_at is not null`),
    index('recipients_of_person').on(table.personId, table.alertId),
  ],
)

/** Kept by triggers in the commit that moves a recipient, so that counts cost the same at any size. */
export const tallies = sqliteTable(
  'tallies',
  {
    alertId: text('alert_id').notNull(),
    kind: text('kind', { enum: ['rung', 'response', 'unreachable'] }).notNull(),
    key: text('key').notNull(),
    count: integer('count').notNull(),
  },
  (table) => [primaryKey({ columns: [table.alertId, table.kind, table.key] })],
)

export const timeline = sqliteTable(
  'timeline',
  {
    id: text('id').primaryKey(),
    alertId: text('alert_id').notNull(),
    at: integer('at').notNull(),
    kind: text('kind').notNull(),
    recipientId: text('recipient_id'),
    data: text('data', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
  },
  (table) => [index('timeline_alert').on(table.alertId, table.id)],
)
