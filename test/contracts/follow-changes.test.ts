import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeAlert } from '../../src/application/alerts/close-alert.ts'
import { followChanges } from '../../src/application/alerts/follow-changes.ts'
import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import { listRecipients } from '../../src/application/alerts/show-alerts.ts'
import type { Deps } from '../../src/application/deps.ts'
import { expandAudiences } from '../../src/application/dispatch/expand-audiences.ts'
import { importPeople } from '../../src/application/people/import-people.ts'
import { saveTemplate } from '../../src/application/templates/save-template.ts'
import type { Actor } from '../../src/domain/access/role.ts'
import { HOUR, SECOND } from '../../src/domain/clock.ts'
import { composeDeps } from '../../src/platform/compose.ts'
import { makeSecret, readKeyring } from '../../src/platform/vault.ts'
import { rowsOf } from '../../src/store/database.ts'
import { TEMPLATE } from '../harness/rig.ts'
import { type OpenDatabase, openSqlite, openWorkerd } from './databases.ts'

const HOST: Actor = { kind: 'host' }
const PEOPLE = 510

describe.each([
  ['better-sqlite3', openSqlite],
  ['D1 in workerd', openWorkerd],
] as const)('a board that reads on, on %s', (_name, open) => {
  let opened: OpenDatabase
  let deps: Deps
  let now: number
  let id: string
  let people: string[]

  beforeAll(async () => {
    opened = await open()
    now = Date.UTC(2027, 0, 15, 3)
    const keyring = readKeyring(makeSecret())
    if (!keyring) throw new Error('no keyring')
    deps = composeDeps({
      database: opened.database,
      keyring,
      settings: {
        organisation: 'Harbour Watch',
        publicUrl: 'https://alerts.example.org',
        region: 'GB',
        language: 'en',
        demo: false,
      },
      carriers: [],
      fetch,
      clock: () => now,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      nudge: () => {},
      instance: 'test',
    })
    const rows = Array.from({ length: PEOPLE }, (_, index) => `Person ${index},person${index}@example.org`)
    const file = new TextEncoder().encode(`name,email\n${rows.join('\n')}`)
    await importPeople(deps, HOST, { file, mode: 'apply', refused: 'reject_all', tree: 'Everyone' }, null)
    await saveTemplate(deps, HOST, TEMPLATE, null, null)
  }, 60_000)
  beforeEach(async () => {
    now += HOUR
    const body = { template: 'Flood', trees: ['Everyone'], kind: 'drill' as const }
    id = (await raiseAlert(deps, HOST, body, null)).id
    while (await expandAudiences(deps));
    const { items } = await listRecipients(deps, id, { cursor: null, limit: 500 })
    people = items.map((recipient) => recipient.id)
  })
  afterAll(() => opened.close())

  /** What a process does whose clock or whose turn to commit is so many milliseconds behind or ahead. */
  const hear = (number: number, offset: number) =>
    deps.store.commit([deps.store.answers.hear(people[number] ?? '', now + offset)])

  it('is told of a change that was made earlier and committed later than the newest it has seen', async () => {
    const look = await followChanges(deps, id)
    await hear(0, 10 * SECOND)
    expect((await look()).recipients).toEqual([people[0]])
    await hear(1, -10 * SECOND)
    await hear(2, 10 * SECOND)
    await hear(3, 10 * SECOND - 1)
    expect(new Set((await look()).recipients)).toEqual(new Set([people[1], people[2], people[3]]))
    expect((await look()).recipients).toEqual([])
    await hear(4, 11 * SECOND)
    expect((await look()).recipients).toEqual([people[4]])
  })

  it('is told of whoever came to the newest time while somebody else left it', async () => {
    const look = await followChanges(deps, id)
    await hear(0, SECOND)
    await look()
    await hear(1, SECOND)
    await deps.store.commit([
      { sql: 'update recipients set changed_at = changed_at + 1 where id = ?', params: [people[0]] },
    ])
    expect(new Set((await look()).recipients)).toEqual(new Set([people[0], people[1]]))
  })

  it('is told of everybody when more people change in one commit than one event holds', async () => {
    const look = await followChanges(deps, id)
    now += SECOND
    await closeAlert(deps, HOST, id)
    const told: string[] = []
    for (let more = true; more; ) {
      const news = await look()
      told.push(...news.recipients)
      more = news.more
    }
    expect(told).toHaveLength(PEOPLE)
    expect(new Set(told).size).toBe(PEOPLE)
    expect((await look()).recipients).toEqual([])
  })

  it('is told of an entry whose id is older than that of the newest it has seen', async () => {
    const look = await followChanges(deps, id)
    const note = (entry: string, alertId = id) =>
      deps.store.alerts.note({ id: entry, alertId, at: now, kind: 'unclear', recipientId: null, data: { reason: 'x' } })
    const [early, late, foreign] = [deps.newId(), deps.newId(), deps.newId()]
    await deps.store.commit([note(late)])
    expect((await look()).records.map((record) => record.id)).toEqual([late])
    await deps.store.commit([note(foreign, 'another alert'), note(early)])
    expect((await look()).records).toEqual([
      { id: early, alertId: id, at: now, kind: 'unclear', recipientId: null, data: { reason: 'x' } },
    ])
    expect((await look()).records).toEqual([])
  })

  it('reads no more than what is new, and pages of recipients without sorting everybody', async () => {
    const plan = async (query: string) =>
      (await deps.store.commit([{ sql: `explain query plan ${query}`, params: [] }]))[0]?.map((row) => row.detail)
    const page = await plan(`select * from recipients where alert_id = 'a' and id > 'b' order by id limit 501`)
    expect(page).toEqual([expect.stringContaining('recipients_page (alert_id=? AND id>?)')])
    const changes = await plan(
      `select id, changed_at from recipients where alert_id = 'a' and changed_at >= 5 order by changed_at, id`,
    )
    expect(changes).toEqual([expect.stringContaining('COVERING INDEX recipients_changed')])
    const rows = await rowsOf(opened.database, sql`select max(changed_at) as at from recipients where alert_id = ${id}`)
    expect(Number(rows[0]?.at)).toBe(now)
  })
})
