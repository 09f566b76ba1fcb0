import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { dispatchDue } from '../../src/application/dispatch/dispatch-due.ts'
import { openDatabase } from '../../src/platform/node/database.ts'
import { openSqlite, openWorkerd } from '../contracts/databases.ts'
import { createFakeCarrier, withCarriers } from '../harness/fake-carrier.ts'
import { startRig } from '../harness/rig.ts'

const CONTACTS = readFileSync(join(import.meta.dirname, '../fixtures/cases/case-43-250-contacts.csv'), 'utf8')
const MEGABYTE = 1_048_576

describe.each([
  ['better-sqlite3', openSqlite],
  ['D1 in workerd', openWorkerd],
] as const)('two hundred and fifty people on %s (reported failure 43)', (_name, open) => {
  it('are imported, alerted and reported whole, and a row that breaks a rule is named', {
    timeout: 90_000,
  }, async () => {
    const opened = await open()
    const rig = await startRig(':memory:', undefined, { database: opened.database })
    try {
      // Row 200 takes the id of another person.
      const broken = CONTACTS.replace('X-0200', 'X-0000')
      const refused = await rig.importPeople(broken)
      expect(refused.status).toBe(422)
      expect(await refused.text()).toContain('201')
      expect(await rig.deps.store.people.all()).toEqual([])
      await rig.importPeople(CONTACTS)
      expect(await rig.deps.store.people.all()).toHaveLength(250)
      await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
      const { id } = await rig.raise()
      // A carrier in the process: a thousand callbacks through workerd would show nothing more about the database.
      await dispatchDue(withCarriers(rig.deps, createFakeCarrier('first', ['sms'])))
      expect((await rig.alert(id)).counts.accepted).toBe(250)
      const report = await (await rig.ask(`/api/v1/reports/${id}.csv`)).text()
      expect(new Set(report.match(/Person \d{3}/g))).toHaveLength(250)
    } finally {
      await opened.close()
    }
  })
})

describe('a program that reads for long (reported failure 44)', () => {
  it('keeps nothing from being written, and what was written beside it makes no room lost afterwards', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-case-44-'))
    const file = join(folder, 'tocsin.db')
    const database = openDatabase(file)
    const reader = new BetterSqlite(file)
    const write = (key: string, length: number) =>
      database.commit([
        { sql: 'insert or replace into settings (name, value) values (?, ?)', params: [key, 'x'.repeat(length)] },
      ])
    try {
      reader.exec('begin')
      reader.prepare('select count(*) from settings').get()
      for (let turn = 0; turn < 40; turn++) await write(`turn ${turn % 4}`, MEGABYTE)
      expect(statSync(`${file}-wal`).size).toBeGreaterThan(20 * MEGABYTE)
      reader.exec('commit')
      for (let turn = 0; turn < 3; turn++) await write(`after ${turn}`, 100)
      expect(statSync(`${file}-wal`).size).toBeLessThanOrEqual(17 * MEGABYTE)
    } finally {
      reader.close()
      database.close()
      rmSync(folder, { recursive: true })
    }
  })
})
