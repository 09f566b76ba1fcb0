import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { openDatabase } from '../../src/platform/node/database.ts'
import type { D1Database } from '../../src/platform/workers/bindings.ts'
import { openD1 } from '../../src/platform/workers/database.ts'
import type { Database } from '../../src/store/database.ts'

const MIGRATIONS = join(import.meta.dirname, '../../drizzle')

export interface OpenDatabase {
  database: Database
  close(): Promise<void>
}

/** An empty SQLite database, as on Node. */
export async function openSqlite(): Promise<OpenDatabase> {
  const database = openDatabase(':memory:')
  return { database, close: async () => database.close() }
}

/** An empty D1 database in the real workerd; `count` is told of every statement. */
export async function openWorkerd(count?: () => void): Promise<OpenDatabase> {
  const { d1, close } = await startD1()
  await migrateD1(d1)
  return { database: openD1(d1, count), close }
}

/** The real workerd with a D1 database in which nothing is yet. */
export async function startD1(): Promise<{ d1: D1Database; close(): Promise<void> }> {
  const workers = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: 'export default { fetch: () => new Response() }',
      compatibilityDate: '2026-08-15',
      cf: false,
      telemetry: { enabled: false },
      d1Databases: ['DB'],
    } as never),
  )
  await workers.ready
  const d1 = (await workers.getD1Database('DB')) as unknown as D1Database
  return { d1, close: () => workers.dispose() }
}

/** The migrations of `drizzle/`, which serve both databases. */
export async function migrateD1(d1: D1Database): Promise<void> {
  const files = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql'))
  for (const file of files.sort()) {
    const statements = readFileSync(join(MIGRATIONS, file), 'utf8').split('--> statement-breakpoint')
    for (const statement of statements) await d1.batch([d1.prepare(statement)])
  }
}
