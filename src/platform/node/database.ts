import { join } from 'node:path'
import BetterSqlite, { type Statement as Prepared } from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import type { Database } from '../../store/database.ts'
import { describeFailure, isBusy } from './describe-failure.ts'
import { groupCommits } from './group-commits.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../drizzle')
/** How many statements stay prepared: more than the store has texts for. */
const PREPARED = 500

/** How long a commit waits for another program that writes, such as an import from the host's shell, milliseconds. */
const LONGEST_WAIT = 5_000
const LOOK_AGAIN = 10

type Statements = Parameters<Database['commit']>[0]

/**
 * How many pages of 4 KB are gathered before they are brought into the database: a page that many commits change is then
 * written once. What a commit answers is on disk before that.
 */
const CHECKPOINT_PAGES = 4_000

/** SQLite in a file, or in memory for `:memory:`. What a commit answers is on disk. */
export function openDatabase(file: string): Database & { close(): void } {
  const sqlite = new BetterSqlite(file)
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  sqlite.pragma('busy_timeout = 5000')
  sqlite.pragma('cache_size = -64000')
  sqlite.pragma('temp_store = MEMORY')
  sqlite.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  // A program that reads for long lets the log grow; afterwards it gives the room back.
  sqlite.pragma(`journal_size_limit = ${CHECKPOINT_PAGES * 4_096}`)
  const db = drizzle(sqlite)
  migrate(db, { migrationsFolder: MIGRATIONS })
  // SQLite waits by keeping the whole process waiting; from here on we wait ourselves, and go on reading meanwhile.
  sqlite.pragma('busy_timeout = 0')

  const prepared = new Map<string, Prepared>()
  const prepare = (sql: string): Prepared => {
    const known = prepared.get(sql)
    if (known) return known
    if (prepared.size >= PREPARED) prepared.clear()
    const statement = sqlite.prepare(sql)
    prepared.set(sql, statement)
    return statement
  }
  const isReading = (statements: Statements) => statements.every(({ sql }) => prepare(sql).readonly)
  const run = (statements: Statements) =>
    statements.map(({ sql, params }) => {
      const statement = prepare(sql)
      if (statement.reader) return statement.all(...params) as Record<string, unknown>[]
      statement.run(...params)
      return []
    })
  const readTogether = sqlite.transaction(run).deferred
  // One statement alone sees one state of the database by itself.
  const read = (statements: Statements) => (statements.length === 1 ? run(statements) : readTogether(statements))
  const writes = groupCommits(sqlite, run)
  return {
    // Drizzle types each driver on its own; the store uses only what both drivers answer when awaited.
    db: db as unknown as Database['db'],
    async commit(statements) {
      for (const end = performance.now() + LONGEST_WAIT; ; ) {
        try {
          return isReading(statements) ? read(statements) : await writes.commit(statements)
        } catch (error) {
          if (!isBusy(error) || performance.now() > end) throw describeFailure(error)
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN))
      }
    },
    close() {
      writes.close()
      sqlite.close()
    },
  }
}
