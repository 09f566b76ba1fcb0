import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { ALERT_STATES, AUDIENCES, type Manifest, type UpdateTexts } from '../../domain/alerts/alert.ts'
import type { Because } from '../../domain/strategies/decision.ts'
import { people } from './people.ts'

export const alerts = sqliteTable(
  'alerts',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: ['live', 'drill'] }).notNull(),
    state: text('state', { enum: ALERT_STATES }).notNull(),
    code: text('code').notNull(),
    manifest: text('manifest', { mode: 'json' }).$type<Manifest>().notNull(),
    audience: integer('audience').notNull(),
    raisedAt: integer('raised_at').notNull(),
    raisedBy: text('raised_by').notNull(),
    endsAt: integer('ends_at').notNull(),
    closedAt: integer('closed_at'),
    closedBy: text('closed_by'),
    /** What whoever cancelled it wants said beside that. */
    endRemark: text('end_remark'),
    /** When it is to be said that nobody has closed it and that it ends soon; null once that was said. */
    warnAt: integer('warn_at'),
    /** How many places of the frozen audience have become recipients; null when all have. */
    expandedTo: integer('expanded_to'),
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
    index('alerts_warning').on(table.warnAt).where(sql`warn_at is not null`),
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
    /** When a quorum was told last to be filled without this person, and when that was taken back. */
    notNeededAt: integer('not_needed_at'),
    neededAgainAt: integer('needed_again_at'),
    /** Null for the frozen audience; for whoever was added to the running alert, or called as a deputy, when. */
    addedAt: integer('added_at'),
    /** Told about the alert for the sake of running it: nobody whom it is for, and counted nowhere. */
    informed: integer('informed').notNull().default(0),
    /** The word of every message to this person in this alert; taken by a trigger at the first contact. */
    wordSeries: integer('word_series'),
    wordNumber: integer('word_number'),
    /** Never below the newest of its alert (a trigger sees to it): whoever reads on from there misses nothing. */
    changedAt: integer('changed_at').notNull(),
  },
  (table) => [
    uniqueIndex('recipients_person').on(table.personId, table.alertId),
    // A few characters of a hash find it. They lie in no order, so that each new one changes another page of the index.
    index('recipients_link').on(sql`substr(link_hash, 1, 8)`),
    index('recipients_changed').on(table.alertId, table.changedAt, table.id),
    index('recipients_page').on(table.alertId, table.id),
    index('recipients_due').on(table.nextAt).where(sql`next_at is not null`),
  ],
)

/** What was said to the recipients of an alert later; the number is its place in the order of the commits, from 1. */
export const updates = sqliteTable(
  'updates',
  {
    id: text('id').primaryKey(),
    alertId: text('alert_id')
      .notNull()
      .references(() => alerts.id),
    number: integer('number').notNull(),
    at: integer('at').notNull(),
    by: text('by').notNull(),
    audience: text('audience', { enum: AUDIENCES }).notNull(),
    texts: text('texts', { mode: 'json' }).$type<UpdateTexts>().notNull(),
  },
  (table) => [uniqueIndex('updates_number').on(table.alertId, table.number)],
)

/** Kept by triggers in the commit that moves a recipient, so that counts cost the same at any size. */
export const tallies = sqliteTable(
  'tallies',
  {
    alertId: text('alert_id').notNull(),
    /** `added` counts whoever was added to the running alert, whose rungs and answers are counted apart. */
    kind: text('kind', {
      enum: [
        'rung',
        'response',
        'unreachable',
        'waiting',
        'added',
        'added_rung',
        'added_response',
        'added_unreachable',
      ],
    }).notNull(),
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
