import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Deps } from '../../src/application/deps.ts'
import { newChecks } from '../../src/application/reach/start-checks.ts'
import { DAY, MINUTE } from '../../src/domain/clock.ts'
import { makeSecret } from '../../src/platform/vault.ts'
import { type Rig, startRig } from '../harness/rig.ts'
import { type OpenDatabase, openSqlite, openWorkerd } from './databases.ts'

const ANA = '+447700900101'
const CSV = `id,name,mobile,phone,email
A1,Ana Ward,${ANA},,ana@example.org
B2,Bo Lind,,+442079460102,
`

describe.each([
  ['better-sqlite3', openSqlite],
  ['D1 in workerd', openWorkerd],
] as const)('checks of contact points on %s', (_name, open) => {
  let opened: OpenDatabase
  let rig: Rig
  let deps: Deps

  beforeEach(async () => {
    opened = await open()
    rig = await startRig(':memory:', makeSecret(), { database: opened.database })
    deps = rig.deps
    expect((await rig.importPeople(CSV)).status).toBe(200)
  }, 60_000)
  afterEach(async () => {
    rig.close()
    await opened.close()
  })

  const now = () => rig.clock.now()
  const points = async () => {
    const all = []
    for await (const page of deps.store.reach.points()) all.push(...page)
    return all
  }
  const pointOf = async (kind: string) => (await points()).find((point) => point.kind === kind)?.id ?? ''
  const add = async (kinds: string[], dueAt: number) => {
    const planned = await Promise.all(kinds.map(async (kind) => ({ id: await pointOf(kind), dueAt })))
    const rows = await deps.store.commit(deps.store.checks.add(newChecks(deps, planned), 'host', now()))
    return rows.flat().map((row) => String(row.id))
  }
  const list = async () => (await deps.store.checks.list({ cursor: null, limit: 10, state: null })).items

  it('a contact point is asked once at a time, claimed by one, and found by its phone only once it was sent', async () => {
    const [id = ''] = await add(['sms'], now())
    expect(await add(['sms'], now())).toEqual([])
    const { checks } = deps.store
    const claims = await Promise.all([1, 2].map(() => checks.claim(now(), now() + MINUTE, 5)))
    expect(claims.flat().map((check) => check.id)).toEqual([id])
    expect(await checks.byAddress(ANA, now() - DAY)).toEqual([])
    await deps.store.commit([checks.markSent(id, 'first', 'SM1', now())])
    expect(await checks.byAddress(ANA, now() - DAY)).toMatchObject([
      { id, name: 'Ana Ward', kind: 'sms', address: ANA, state: 'sent', carrier: 'first', present: true, stopped: [] },
    ])
    expect((await checks.byToken(deps.vault.linkToken(id), now()))?.id).toBe(id)
  })

  it('an answer proves the address for texts and calls alike, of that person alone, and frees it to be asked again', async () => {
    await rig.importPeople(`id,name,mobile\nC3,Cy Moss,${ANA}\n`)
    const ana = (await points()).filter(({ lastProofAt }) => lastProofAt === null)
    expect(ana.length).toBeGreaterThan(4)
    const [owner] = (await deps.store.people.all()).filter(({ name }) => name === 'Ana Ward')
    const point = owner?.contactPoints.find(({ kind }) => kind === 'sms')
    const planned = newChecks(deps, [{ id: point?.id ?? '', dueAt: now() }])
    await deps.store.commit(deps.store.checks.add(planned, 'host', now()))
    const answered = await deps.store.commit(deps.store.checks.prove(planned[0]?.id ?? '', now()))
    expect(answered.at(-1)).toHaveLength(1)
    expect((await deps.store.commit(deps.store.checks.prove(planned[0]?.id ?? '', now()))).at(-1)).toEqual([])
    const proven = (await points()).filter(({ lastProofAt }) => lastProofAt !== null)
    expect(proven.map(({ person, kind }) => [person, kind])).toEqual([
      [owner?.id, 'sms'],
      [owner?.id, 'voice'],
    ])
    expect(await add(['email'], now())).toHaveLength(1)
  })

  it('what ends is ended once: failed for good it is the contact point’s failure, in time or taken back it is nobody’s', async () => {
    const [sms = '', email = ''] = await add(['sms', 'email'], now())
    const [voice = ''] = await add(['voice'], now() + 30 * DAY)
    const { checks } = deps.store
    await deps.store.commit(checks.end(sms, 'failed', 'unknown handset', now()))
    await deps.store.commit([checks.expire(now() + 20 * DAY)])
    expect((await deps.store.commit([checks.drop(null, now())]))[0]).toHaveLength(1)
    const states = Object.fromEntries((await list()).map(({ id, state }) => [id, state]))
    expect(states).toEqual({ [sms]: 'failed', [email]: 'expired', [voice]: 'dropped' })
    const failing = (await points()).filter(({ status }) => status === 'failing')
    expect(failing.map(({ kind }) => kind)).toEqual(['sms'])
  })

  it('lists the newest first, page by page, and by state', async () => {
    await add(['sms', 'email', 'voice'], now())
    const first = await deps.store.checks.list({ cursor: null, limit: 2, state: null })
    const rest = await deps.store.checks.list({ cursor: first.nextCursor, limit: 2, state: null })
    const ids = [...first.items, ...rest.items].map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted().reverse())
    expect(ids).toHaveLength(3)
    expect((await deps.store.checks.list({ cursor: null, limit: 5, state: 'sent' })).items).toEqual([])
  })

  it('a link to one’s own details is good until its time, for somebody who is there', async () => {
    const [ana] = await deps.store.people.all()
    const link = {
      token: 'example-token',
      personId: ana?.id ?? '',
      by: 'host',
      createdAt: now(),
      expiresAt: now() + DAY,
    }
    await deps.store.commit([deps.store.checks.saveLink(link)])
    expect(await deps.store.checks.personByLink('example-token', now())).toBe(ana?.id)
    expect(await deps.store.checks.personByLink('example-token', now() + DAY)).toBeNull()
    await deps.store.commit(deps.store.people.remove([{ id: ana?.id ?? '', version: 1 }], now(), 'host'))
    expect(await deps.store.checks.personByLink('example-token', now())).toBeNull()
  })
})
