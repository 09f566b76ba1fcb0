import BetterSqlite, { type Statement as Prepared, type Database as Sqlite } from 'better-sqlite3'
import type { Rows, Statement } from '../../application/ports/statement.ts'

/** How many statements stay prepared: more than the store has texts for. */
const PREPARED = 500

/**
 * How many pages of 4 KB are gathered before they are brought into the database: a page that many commits change is then
 * written once. What a commit answers is on disk before that.
 */
const CHECKPOINT_PAGES = 4_000

/** A connection to SQLite in a file, or in memory for `:memory:`, that answers a commit when it is on disk. */
export function openConnection(file: string): Sqlite {
  const sqlite = new BetterSqlite(file)
  sqlite.pragma('busy_timeout = 5000')
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  sqlite.pragma('cache_size = -64000')
  sqlite.pragma('temp_store = MEMORY')
  sqlite.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  // A program that reads for long lets the log grow; afterwards it gives the room back.
  sqlite.pragma(`journal_size_limit = ${CHECKPOINT_PAGES * 4_096}`)
  return sqlite
}

export interface Runner {
  /** Carries out statements one after the other. */
  run(statements: readonly Statement[]): Rows[]
  isReading(statements: readonly Statement[]): boolean
}

/** Carries out statements by text, each prepared once. */
export function createRunner(sqlite: Sqlite): Runner {
  const prepared = new Map<string, Prepared>()
  const prepare = (sql: string): Prepared => {
    const known = prepared.get(sql)
    if (known) return known
    if (prepared.size >= PREPARED) prepared.clear()
    const statement = sqlite.prepare(sql)
    prepared.set(sql, statement)
    return statement
  }
  return {
    run: (statements) =>
      statements.map(({ sql, params }) => {
        const statement = prepare(sql)
        if (statement.reader) return statement.all(...params) as Record<string, unknown>[]
        statement.run(...params)
        return []
      }),
    isReading: (statements) => statements.every(({ sql }) => prepare(sql).readonly),
  }
}
