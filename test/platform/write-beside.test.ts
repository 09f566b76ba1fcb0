import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../src/platform/node/database.ts'
import { rowsOf, statement } from '../../src/store/database.ts'

function openFile() {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-beside-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'tocsin.db')
  return { file, database: openDatabase(file) }
}

const keep = (name: string) => statement(sql`insert into settings (name, value) values (${name}, 'kept')`)

describe('the thread that writes', () => {
  it('has on disk what was asked for before the service ended, though nobody waited for it', async () => {
    const { file, database } = openFile()
    const asked = Array.from({ length: 300 }, (_, index) => database.commit([keep(`answer ${index}`)]))
    database.close()
    const later = new BetterSqlite(file)
    expect(later.prepare('select count(*) as n from settings').get()).toEqual({ n: 300 })
    later.close()
    await Promise.all(asked)
  })

  it('answers each commit with its own rows or its own failure, when many are asked for at once', async () => {
    const { database } = openFile()
    const twice = await Promise.allSettled([
      database.commit([keep('one')]),
      database.commit([keep('two'), keep('one')]),
      database.commit([statement(sql`insert into settings (name, value) values ('three', 'kept') returning name`)]),
    ])
    expect(twice).toMatchObject([
      { status: 'fulfilled', value: [[]] },
      { status: 'rejected', reason: { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' } },
      { status: 'fulfilled', value: [[{ name: 'three' }]] },
    ])
    const rows = await rowsOf(database, sql`select name from settings order by name`)
    expect(rows).toEqual([{ name: 'one' }, { name: 'three' }])
    database.close()
  })

  it('lets whoever was answered read what was written', async () => {
    const { database } = openFile()
    for (let index = 1; index <= 50; index++) {
      await database.commit([keep(`answer ${index}`)])
      expect(await rowsOf(database, sql`select count(*) as n from settings`)).toEqual([{ n: index }])
    }
    database.close()
  })
})
