import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** People are never deleted while a record names them: `removedAt` takes them out of every list and every sending. */
export const people = sqliteTable(
  'people',
  {
    id: text('id').primaryKey(),
    version: integer('version').notNull().default(1),
    externalId: text('external_id'),
    name: text('name').notNull(),
    language: text('language').notNull(),
    timeZone: text('time_zone'),
    groups: text('groups', { mode: 'json' }).$type<string[]>().notNull(),
    duty: text('duty'),
    /** Until when a deputy takes this person's duty. */
    awayUntil: integer('away_until'),
    /** Grows when the person renews the secret of their words. */
    wordSeries: integer('word_series').notNull().default(1),
    /** The number of the last word that went out; the next alert takes the next, whatever the series. */
    wordsUsed: integer('words_used').notNull().default(0),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    /** Who made this version, as the audit log names them. */
    updatedBy: text('updated_by').notNull().default(''),
    removedAt: integer('removed_at'),
  },
  (table) => [
    uniqueIndex('people_external_id').on(table.externalId),
    index('people_name').on(table.name, table.id),
    index('people_away').on(table.awayUntil).where(sql`away_until is not null`),
    index('people_removed').on(table.removedAt).where(sql`removed_at is not null`),
    index('people_updated').on(table.updatedAt),
  ],
)

/** What a person was before the version that followed. The present one is in `people`, so that nothing stands twice. */
export const personVersions = sqliteTable(
  'person_versions',
  {
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    version: integer('version').notNull(),
    /** From when to when it was so. */
    at: integer('at').notNull(),
    until: integer('until').notNull(),
    by: text('by').notNull(),
    removed: integer('removed').notNull(),
    externalId: text('external_id'),
    name: text('name').notNull(),
    language: text('language').notNull(),
    timeZone: text('time_zone'),
    groups: text('groups', { mode: 'json' }).$type<string[]>().notNull(),
    duty: text('duty'),
    awayUntil: integer('away_until'),
    /** Ids of contact points in their order, with what a keeper can change of them; the points themselves stay. */
    points: text('points', { mode: 'json' }).$type<[id: string, label: string][]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.version] })],
)

/** Addresses are sealed with a key that is not in the database; `addressHash` is the keyed look-up. */
export const contactPoints = sqliteTable(
  'contact_points',
  {
    id: text('id').primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    kind: text('kind', { enum: ['push', 'sms', 'voice', 'email', 'webhook', 'satellite', 'radio'] }).notNull(),
    addressSealed: text('address_sealed').notNull(),
    addressHash: text('address_hash').notNull(),
    extension: text('extension'),
    label: text('label').notNull().default(''),
    position: integer('position').notNull(),
    status: text('status', { enum: ['unverified', 'verified', 'failing', 'gone'] }).notNull(),
    marks: text('marks', { mode: 'json' }).$type<string[]>().notNull(),
    lastProofAt: integer('last_proof_at'),
    /** For push: when the browser last showed something or renewed its subscription, which proves no human. */
    lastSeenAt: integer('last_seen_at'),
  },
  (table) => [
    index('contact_points_person').on(table.personId, table.position),
    index('contact_points_address').on(table.addressHash),
  ],
)

/** An opt-out belongs to an address and a sender, not to a person. */
export const optOuts = sqliteTable(
  'opt_outs',
  {
    addressHash: text('address_hash').notNull(),
    /** A carrier and a channel: whoever wants no more texts can still be called. */
    sender: text('sender').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [uniqueIndex('opt_outs_pair').on(table.addressHash, table.sender)],
)

/** A preview waits here until it is applied exactly as it was shown. */
export const imports = sqliteTable('imports', {
  id: text('id').primaryKey(),
  createdAt: integer('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  /** What people looked like when the preview was made. */
  basis: text('basis').notNull(),
  refused: text('refused', { enum: ['reject_all', 'skip'] }).notNull(),
  treeName: text('tree_name'),
  appliedAt: integer('applied_at'),
})

/** What was read of the previewed file in pieces, since D1 takes no value over 2 MB. */
export const importParts = sqliteTable(
  'import_parts',
  {
    importId: text('import_id')
      .notNull()
      .references(() => imports.id),
    number: integer('number').notNull(),
    sealed: text('sealed').notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.number] })],
)
