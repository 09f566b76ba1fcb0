import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Manifest } from '../../domain/alerts/alert.ts'
import type { Because } from '../../domain/strategies/decision.ts'
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
    /** How many became recipients after the audience was frozen. */
    joined: integer('joined').notNull().default(0),
    /** Whether its strategy decides whom to contact next; otherwise everybody was, at once. */
    decides: integer('decides', { mode: 'boolean' }).notNull().default(false),
    /** When it decides again; null when nothing more comes by time. */
    decideAt: integer('decide_at'),
    /** Grows with everything that a decision looks at (triggers see to it), so that none overlooks what came meanwhile. */
    stirred: integer('stirred').notNull().default(0),
    /** How many decisions were recorded: of two that are made at once, one counts. */
    decided: integer('decided').notNull().default(0),
  },
  (table) => [
    index('alerts_state').on(table.state, table.endsAt),
    index('alerts_code').on(table.code),
    index('alerts_deciding').on(table.decideAt).where(sql`decide_at is not null`),
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
    /** Why the strategy contacted this person; null where everybody was contacted. */
    because: text('because', { mode: 'json' }).$type<Because>(),
    /** What a person is who was not in the frozen audience. */
    joinedAs: text('joined_as', { enum: ['deputy', 'added'] }),
    /** When a quorum was told last to be filled without this person, and when that was taken back. */
    notNeededAt: integer('not_needed_at'),
    neededAgainAt: integer('needed_again_at'),
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
    kind: text('kind', { enum: ['rung', 'response', 'unreachable', 'waiting'] }).notNull(),
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
