import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import fc from 'fast-check'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Statement } from '../../src/application/ports/statement.ts'
import { type GroupCommits, groupCommits } from '../../src/platform/node/group-commits.ts'

let sqlite: BetterSqlite.Database
let other: BetterSqlite.Database
let writes: GroupCommits
/** How often the disk was waited for. */
let commits = 0
/** Makes the disk of the test full for whoever writes this. */
const FULL = 'full'

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-group-'))
  const file = join(folder, 'test.db')
  sqlite = new BetterSqlite(file, { timeout: 0 })
  sqlite.pragma('journal_mode = WAL')
  sqlite.exec('create table answers (id integer primary key, text text not null)')
  other = new BetterSqlite(file, { timeout: 0 })
  commits = 0
  const prepare = sqlite.prepare.bind(sqlite)
  sqlite.prepare = ((sql: string) => {
    const statement = prepare(sql)
    if (sql !== 'commit') return statement
    return { run: () => statement.run() && commits++ }
  }) as typeof sqlite.prepare
  writes = groupCommits(sqlite, (statements) =>
    statements.map(({ sql, params }) => {
      if (params.includes(FULL)) {
        // As SQLite does when the disk is full: everything that the transaction has done is gone.
        sqlite.exec('rollback')
        throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' })
      }
      return prepare(sql).all(...params) as Record<string, unknown>[]
    }),
  )
  onTestFinished(() => {
    sqlite.close()
    other.close()
    rmSync(folder, { recursive: true })
  })
})

const insert = (id: number, text: string | null = 'safe'): Statement => ({
  sql: 'insert into answers values (?, ?) returning id',
  params: [id, text],
})
const stored = () => other.prepare('select id from answers order by id').pluck().all()

describe('answers that arrive in the same moment', () => {
  test('are each on disk before they are confirmed, and wait for the disk once', async () => {
    const confirmed = await Promise.all(
      Array.from({ length: 50 }, async (_, id) => {
        const rows = await writes.commit([insert(id)])
        expect(stored()).toContain(id)
        return rows
      }),
    )
    expect(confirmed[7]).toEqual([[{ id: 7 }]])
    expect(commits).toBe(1)
  })

  test('do not share the fault of one of them', async () => {
    const results = await Promise.allSettled([
      writes.commit([insert(1)]),
      writes.commit([insert(2), insert(1)]),
      writes.commit([insert(3, null)]),
      writes.commit([insert(4)]),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(stored()).toEqual([1, 4])
    expect(commits).toBe(1)
  })

  test('are written all the same when the disk takes everything but one', async () => {
    const results = await Promise.allSettled([
      writes.commit([insert(1)]),
      writes.commit([insert(2), insert(3, FULL)]),
      writes.commit([insert(4)]),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(results[1]).toMatchObject({ reason: { code: 'SQLITE_FULL' } })
    expect(stored()).toEqual([1, 4])
  })

  test('are all told that another program is writing, and none is written', async () => {
    other.exec('begin immediate')
    const results = await Promise.allSettled([writes.commit([insert(1)]), writes.commit([insert(2)])])
    expect(results).toMatchObject([{ reason: { code: 'SQLITE_BUSY' } }, { reason: { code: 'SQLITE_BUSY' } }])
    other.exec('commit')
    await writes.commit([insert(1)])
    expect(stored()).toEqual([1])
  })

  test('are whatever they would be one after the other', async () => {
    const act = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.constantFrom('safe', null)), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        sqlite.exec('delete from answers')
        const expected = new Set<number>()
        const fates = acts.map((rows) => {
          const ids = rows.map(([id]) => id)
          const works =
            rows.every(([id, text]) => text !== null && !expected.has(id)) && new Set(ids).size === ids.length
          if (works) for (const id of ids) expected.add(id)
          return works ? 'fulfilled' : 'rejected'
        })
        const results = await Promise.allSettled(
          acts.map((rows) => writes.commit(rows.map(([id, text]) => insert(id, text)))),
        )
        expect(results.map(({ status }) => status)).toEqual(fates)
        expect(stored()).toEqual([...expected].sort((one, next) => one - next))
      }),
    )
  })

  test('are written before the database closes', async () => {
    const written = writes.commit([insert(1)])
    writes.close()
    await written
    expect(stored()).toEqual([1])
  })
})
