import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { recipients } from './alerts.ts'

/** Every answer that was understood; the first that a recipient gave is the acknowledgement, the latest the response. */
export const answers = sqliteTable(
  'answers',
  {
    /** Names the act that brought it, so that the same callback twice is one row. */
    id: text('id').primaryKey(),
    alertId: text('alert_id').notNull(),
    recipientId: text('recipient_id')
      .notNull()
      .references(() => recipients.id),
    response: text('response').notNull(),
    channel: text('channel').notNull(),
    /** When the human answered, and when we learnt of it. */
    at: integer('at').notNull(),
    receivedAt: integer('received_at').notNull(),
    /** Who recorded it on somebody's behalf; null when it came from the recipient. */
    recordedBy: text('recorded_by'),
    noteSealed: text('note_sealed'),
    /** Came after the alert had ended; kept, but moves nobody. */
    late: integer('late').notNull().default(0),
  },
  (table) => [
    index('answers_alert').on(table.alertId, table.at),
    // In the order in which the first and the latest answer are looked for.
    index('answers_recipient').on(table.recipientId, table.at, table.receivedAt),
  ],
)

/** Every text that came in, whole; the carrier's id makes it once. */
export const inboundMessages = sqliteTable(
  'inbound_messages',
  {
    id: text('id').primaryKey(),
    carrier: text('carrier').notNull(),
    channel: text('channel').notNull(),
    fromSealed: text('from_sealed').notNull(),
    fromHash: text('from_hash').notNull(),
    textSealed: text('text_sealed').notNull(),
    at: integer('at').notNull(),
    outcome: text('outcome', { enum: ['answer', 'late', 'opt_out', 'opt_in', 'unclear'] }).notNull(),
    reason: text('reason'),
    alertId: text('alert_id'),
    recipientId: text('recipient_id'),
    /** When a person has read it; null while it waits at the top of the board. */
    settledAt: integer('settled_at'),
    settledBy: text('settled_by'),
    /** The waiting text of the same phone that says the same; shown there as a number. */
    repeatOf: text('repeat_of'),
  },
  (table) => [
    index('inbound_messages_alert').on(table.alertId, table.outcome, table.settledAt),
    index('inbound_messages_from').on(table.fromHash, table.at),
    index('inbound_messages_repeats').on(table.repeatOf).where(sql`repeat_of is not null`),
  ],
)
