import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import type { Database } from '../../store/database.ts'
import { describeFailure, isBusy } from './describe-failure.ts'
import { groupCommits } from './group-commits.ts'
import { createRunner, openConnection } from './open-connection.ts'
import { writeBeside } from './write-beside.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../drizzle')

/** How long a commit waits for another program that writes, such as an import from the host's shell, milliseconds. */
const LONGEST_WAIT = 5_000
const LOOK_AGAIN = 10

/**
 * SQLite in a file, or in memory for `:memory:`. What a commit answers is on disk. A file is written by a thread of its
 * own, so that neither the disk nor a large commit keeps requests, callbacks and sending waiting; what was committed is
 * seen by every reading that begins afterwards.
 */
export function openDatabase(file: string): Database & { close(): void } {
  const sqlite = openConnection(file)
  const db = drizzle(sqlite)
  migrate(db, { migrationsFolder: MIGRATIONS })
  // SQLite waits by keeping the whole process waiting; from here on we wait ourselves, and go on reading meanwhile.
  sqlite.pragma('busy_timeout = 0')

  const { run, isReading } = createRunner(sqlite)
  const readTogether = sqlite.transaction(run).deferred
  // One statement alone sees one state of the database by itself.
  const read: typeof run = (statements) => (statements.length === 1 ? run(statements) : readTogether(statements))
  const writes = file === ':memory:' ? groupCommits(sqlite, run) : writeBeside(file)
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
