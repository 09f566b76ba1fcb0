import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { expect, it } from 'vitest'

const MIGRATIONS = join(import.meta.dirname, '../../drizzle')

it('keeps everybody signed in when the service is updated, each session under a name of its own', () => {
  const database = new BetterSqlite(':memory:')
  const files = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql'))
  const run = (from: string, to: string) => {
    for (const file of files.sort().filter((name) => name >= from && name < to)) {
      database.exec(readFileSync(join(MIGRATIONS, file), 'utf8'))
    }
  }
  run('0000', '0002')
  database.exec(`insert into accounts (id, name, role, created_at) values ('a', 'Amira Ward', 'responder', 1);
    insert into sessions (token_hash, account_id, created_at, seen_at, expires_at) values ('x', 'a', 1, 1, 9), ('y', 'a', 2, 2, 9)`)
  run('0002', '9999')
  const ids = database.prepare('select id from sessions order by token_hash').pluck().all()
  expect(new Set(ids).size).toBe(2)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  database.close()
})
