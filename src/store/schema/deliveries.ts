import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { PURPOSES } from '../../domain/messages/purpose.ts'
import { recipients } from './alerts.ts'

/** The outbox and the truth: one row per message to one contact point in one step. */
export const deliveries = sqliteTable(
  'deliveries',
  {
    id: text('id').primaryKey(),
    alertId: text('alert_id').notNull(),
    recipientId: text('recipient_id')
      .notNull()
      .references(() => recipients.id),
    contactPointId: text('contact_point_id').notNull(),
    channel: text('channel', { enum: ['push', 'sms', 'voice', 'email', 'webhook'] }).notNull(),
    purpose: text('purpose', { enum: PURPOSES }).notNull(),
    /** For `update`: which of the alert's updates it brings. */
    text: integer('text').notNull().default(0),
    step: integer('step').notNull(),
    state: text('state', { enum: ['queued', 'sending', 'accepted', 'delivered', 'failed', 'cancelled'] }).notNull(),
    /** Which carrier takes the next attempt. */
    carrier: text('carrier').notNull(),
    /** The only carriers that may take it, as a JSON array; null when all of the route may. */
    allowed: text('allowed'),
    /** For `failed`: whether another try at this address could ever help. */
    failure: text('failure', { enum: ['permanent', 'temporary', 'voicemail'] }),
    /** Names the claim under which somebody is sending it. */
    lease: text('lease'),
    /** Live before drill: lower goes first. */
    priority: integer('priority').notNull(),
    /** When it may leave; for `sending`, when the lease ends and somebody else may take it. */
    dueAt: integer('due_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    index('deliveries_due')
      .on(table.carrier, table.channel, table.priority, table.dueAt)
      .where(sql`state in ('queued', 'sending')`),
    index('deliveries_lease').on(table.lease).where(sql`lease is not null`),
    index('deliveries_recipient').on(table.recipientId),
    index('deliveries_alert').on(table.alertId, table.channel, table.state),
  ],
)

/** One hand-over of a delivery to one carrier; written before the hand-over, so that a crash leaves a trace. */
export const attempts = sqliteTable(
  'attempts',
  {
    deliveryId: text('delivery_id')
      .notNull()
      .references(() => deliveries.id),
    number: integer('number').notNull(),
    carrier: text('carrier').notNull(),
    state: text('state', { enum: ['sending', 'accepted', 'delivered', 'voicemail', 'failed', 'unknown'] }).notNull(),
    providerId: text('provider_id'),
    errorCode: text('error_code'),
    errorReason: text('error_reason'),
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [
    primaryKey({ columns: [table.deliveryId, table.number] }),
    // As short as finds it: carriers draw their ids at random, so that each new one changes another page of the index.
    index('attempts_provider').on(sql`substr(provider_id, -8)`).where(sql`provider_id is not null`),
  ],
)

/** What a carrier has cost in an alert so far, in millionths of its currency. */
export const spending = sqliteTable(
  'spending',
  {
    alertId: text('alert_id').notNull(),
    carrier: text('carrier').notNull(),
    amount: integer('amount').notNull(),
  },
  (table) => [primaryKey({ columns: [table.alertId, table.carrier] })],
)

/** What came of hand-overs, counted by the minute, so that figures cost the same after millions of them. */
export const attemptMinutes = sqliteTable(
  'attempt_minutes',
  {
    /** Minutes since 1970, UTC. */
    minute: integer('minute').notNull(),
    carrier: text('carrier').notNull(),
    channel: text('channel').notNull(),
    outcome: text('outcome', { enum: ['accepted', 'retry', 'failed', 'cancelled'] }).notNull(),
    count: integer('count').notNull(),
  },
  (table) => [primaryKey({ columns: [table.minute, table.carrier, table.channel, table.outcome] })],
)

/** Carriers that are set aside on a channel; those that work have no row. */
export const lanesAside = sqliteTable(
  'lanes_aside',
  {
    carrier: text('carrier').notNull(),
    channel: text('channel').notNull(),
    since: integer('since').notNull(),
    /** When it is tried again. */
    until: integer('until').notNull(),
    reason: text('reason').notNull(),
    /** Which carrier takes its messages meanwhile; null when no other is there. */
    next: text('next'),
  },
  (table) => [primaryKey({ columns: [table.carrier, table.channel] })],
)
