import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Whenever the lead of a branch went from one person to another, in the order in which it was recorded. */
export const branchPasses = sqliteTable(
  'branch_passes',
  {
    id: text('id').primaryKey(),
    alertId: text('alert_id').notNull(),
    tree: text('tree').notNull(),
    branch: text('branch').notNull(),
    from: text('from_person'),
    to: text('to_person'),
    as: text('as_what', { enum: ['lead', 'deputy', 'sibling', 'above', 'nobody'] }).notNull(),
    why: text('why', { enum: ['silent', 'declined', 'unreachable', 'removed', 'away', 'answered'] }).notNull(),
    at: integer('at').notNull(),
  },
  (table) => [index('branch_passes_alert').on(table.alertId)],
)

/** A card that was issued: its holder is to phone the people of one branch. */
export const cards = sqliteTable(
  'cards',
  {
    id: text('id').primaryKey(),
    alertId: text('alert_id').notNull(),
    tree: text('tree').notNull(),
    branch: text('branch').notNull(),
    holder: text('holder').notNull(),
    because: text('because', { enum: ['answered', 'deputy', 'sibling', 'above'] }).notNull(),
    issuedAt: integer('issued_at').notNull(),
    deadline: integer('deadline').notNull(),
    endedAt: integer('ended_at'),
    endedWhy: text('ended_why', {
      enum: ['deadline', 'holder_declined', 'holder_removed', 'all_settled'],
    }),
  },
  (table) => [index('cards_alert').on(table.alertId), index('cards_holder').on(table.holder, table.alertId)],
)

export const cardPeople = sqliteTable(
  'card_people',
  {
    cardId: text('card_id')
      .notNull()
      .references(() => cards.id),
    position: integer('position').notNull(),
    personId: text('person_id').notNull(),
    mark: text('mark', { enum: ['reached', 'no_answer', 'wrong_number'] }),
    markedAt: integer('marked_at'),
  },
  (table) => [primaryKey({ columns: [table.cardId, table.personId] })],
)
