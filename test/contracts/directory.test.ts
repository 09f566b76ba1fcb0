import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Deps } from '../../src/application/deps.ts'
import { listResources } from '../../src/application/directory/list-resources.ts'
import { removeUser } from '../../src/application/directory/remove-user.ts'
import { createGroup, patchGroup, removeGroup } from '../../src/application/directory/save-group.ts'
import { createUser, patchUser } from '../../src/application/directory/save-user.ts'
import { settleRemovals } from '../../src/application/directory/settle-removals.ts'
import type { Actor } from '../../src/domain/access/role.ts'
import { DAY } from '../../src/domain/clock.ts'
import { GROUP, USER } from '../../src/domain/directory/attributes.ts'
import { composeDeps } from '../../src/platform/compose.ts'
import { makeSecret, readKeyring } from '../../src/platform/vault.ts'
import { rowsOf } from '../../src/store/database.ts'
import { type OpenDatabase, openSqlite, openWorkerd } from './databases.ts'

const KEY: Actor = { kind: 'key', id: 'entra', name: 'entra', role: 'directory', mayRaise: null }
const ADMINISTRATOR: Actor = { kind: 'account', id: 'admin', name: 'Admin', role: 'administrator', personId: null }

describe.each([
  ['better-sqlite3', openSqlite],
  ['D1 in workerd', openWorkerd],
] as const)('what a directory pushes, on %s', (_name, open) => {
  let opened: OpenDatabase
  let deps: Deps
  let now: number

  beforeEach(async () => {
    opened = await open()
    now = Date.UTC(2027, 0, 15, 3)
    const keyring = readKeyring(makeSecret())
    if (!keyring) throw new Error('no keyring')
    const publicUrl = 'https://alerts.example.org'
    deps = composeDeps({
      instance: 'test',
      database: opened.database,
      keyring,
      settings: { organisation: 'Harbour Watch', publicUrl, region: 'GB', language: 'en', demo: false },
      carriers: [],
      fetch,
      clock: () => now,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      nudge: () => {},
    })
  }, 60_000)
  afterEach(() => opened.close())

  const push = async (number: number) => {
    // So that their ids are in the order in which they came.
    now += 1
    const user = { userName: `p${number}@example.org`, displayName: `P${number} Marsh`, externalId: `E-${number}` }
    const phoneNumbers = [{ type: 'mobile', value: `+4477009001${String(number).padStart(2, '0')}` }]
    return String((await createUser(deps, KEY, { ...user, phoneNumbers })).id)
  }
  const many = async (count: number) => {
    const ids: string[] = []
    for (let number = 0; number < count; number++) ids.push(await push(number))
    return ids
  }
  const all = { sortBy: null, descending: false, startIndex: 1, count: 200, members: true }
  const find = (filter: string | null, kind = USER) => listResources(deps, kind, { ...all, filter })
  const waiting = async () => (await deps.store.directory.waiting({ cursor: null, limit: 500 })).items

  it('keeps no name and no address of theirs in the clear', async () => {
    await push(1)
    const rows = await rowsOf(opened.database, sql`select * from directory_users`)
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toMatch(/p1@|Marsh|7700900/)
  })

  it('finds users by name and by id, counts all and turns pages in a lasting order', async () => {
    const ids = await many(5)
    expect((await find('userName eq "P3@EXAMPLE.ORG"')).resources.map(({ id }) => id)).toEqual([ids[3]])
    expect((await find('externalId eq "E-4"')).resources.map(({ id }) => id)).toEqual([ids[4]])
    const page = await listResources(deps, USER, { ...all, filter: null, startIndex: 4, count: 2 })
    expect([page.total, page.resources.map(({ id }) => id)]).toEqual([5, ids.slice(3)])
    expect((await find('phoneNumbers[type eq "mobile" and value ew "02"]')).total).toBe(1)
  })

  it('takes out no more than ten in a day, however they come, and the others only when a human agrees', async () => {
    const ids = await many(16)
    await Promise.all(ids.map((id) => removeUser(deps, KEY, id, null)))
    expect(await deps.store.people.all()).toHaveLength(6)
    expect(await waiting()).toHaveLength(6)
    const [first, ...others] = await waiting()
    expect(first).toMatchObject({ by: 'key:entra', how: 'deleted', reason: 'over_limit', at: now })
    expect(await settleRemovals(deps, ADMINISTRATOR, [String(first?.personId)], 'rejected')).toBe(1)
    expect(await settleRemovals(deps, ADMINISTRATOR, null, 'confirmed')).toBe(5)
    expect((await deps.store.people.all()).map(({ id }) => id)).toEqual([first?.personId])
    expect(others).toHaveLength(5)
    expect(await waiting()).toEqual([])
    expect((await deps.store.directory.removalFacts('x', now - DAY)).removed).toBe(10)
    expect((await deps.store.directory.removalFacts('x', now)).removed).toBe(0)
  })

  it('fails the whole commit of a removal when another one used the last place meanwhile', async () => {
    const [id] = await many(1)
    const { directory, people } = deps.store
    const [person] = await people.find([String(id)])
    if (!person) throw new Error('nobody there')
    const remove = people.remove([person], now, 'key:entra')
    const none = directory.requireRemovable(person.id, now - DAY, 0)
    await expect(deps.store.commit([none, ...remove])).rejects.toThrow()
    expect(await people.find([person.id])).toHaveLength(1)
    await deps.store.commit([directory.requireRemovable(person.id, now - DAY, 1), ...remove])
    expect(await people.find([person.id])).toHaveLength(0)
  })

  it('gives back the same person with their id, numbers and groups', async () => {
    const [id = ''] = await many(1)
    const group = await createGroup(deps, KEY, { displayName: 'Wardens', members: [{ value: id }] })
    await removeUser(deps, KEY, id, null)
    expect(await deps.store.people.all()).toEqual([])
    expect(await push(0)).toBe(id)
    const [person] = await deps.store.people.all()
    expect(person).toMatchObject({ id, externalId: 'E-0', groups: ['Wardens'] })
    expect(person?.contactPoints.map(({ address }) => address)).toEqual(['+447700900100', '+447700900100'])
    expect((await find(`members eq "${id}"`, GROUP)).resources.map((one) => one.id)).toEqual([group.id])
  })

  it('writes a group of many people whole, renames it and ends it', async () => {
    const ids = await many(12)
    const members = ids.map((value) => ({ value }))
    const group = await createGroup(deps, KEY, { displayName: 'Wardens', members })
    const groups = async () => new Set((await deps.store.people.all()).map((person) => person.groups.join()))
    expect(await groups()).toEqual(new Set(['Wardens']))
    const Operations = [{ op: 'replace', path: 'displayName', value: 'Marshals' }]
    await patchGroup(deps, KEY, String(group.id), null, { Operations })
    expect(await groups()).toEqual(new Set(['Marshals']))
    await removeGroup(deps, KEY, String(group.id), null)
    expect(await groups()).toEqual(new Set(['']))
    expect((await find(null, GROUP)).total).toBe(0)
  })

  it('keeps every change when several come for one person at the same moment', async () => {
    const [id = ''] = await many(1)
    const change = (path: string, value: string) =>
      patchUser(deps, KEY, id, null, { Operations: [{ op: 'add', path, value }] })
    await Promise.all([
      change('phoneNumbers[type eq "work"].value', '+442079460018'),
      change('emails[type eq "work"].value', 'p0@example.org'),
      change('timezone', 'Europe/Paris'),
    ])
    const [person] = await deps.store.people.find([id])
    expect(person?.timeZone).toBe('Europe/Paris')
    expect(person?.contactPoints.map(({ address }) => address)).toEqual(
      expect.arrayContaining(['+447700900100', '+442079460018', 'p0@example.org']),
    )
  })
})
