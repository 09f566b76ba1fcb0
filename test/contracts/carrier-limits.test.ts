import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import type { Deps } from '../../src/application/deps.ts'
import { createEngine } from '../../src/application/dispatch/engine.ts'
import { importPeople } from '../../src/application/people/import-people.ts'
import { saveTemplate } from '../../src/application/templates/save-template.ts'
import type { Actor } from '../../src/domain/access/role.ts'
import type { CarrierLimits } from '../../src/domain/carriers/limits.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { composeDeps } from '../../src/platform/compose.ts'
import { makeSecret, readKeyring } from '../../src/platform/vault.ts'
import { rowsOf } from '../../src/store/database.ts'
import { createFakeCarrier } from '../harness/fake-carrier.ts'
import { TEMPLATE } from '../harness/rig.ts'
import { type OpenDatabase, openSqlite, openWorkerd } from './databases.ts'

const HOST: Actor = { kind: 'host' }
const NONE: CarrierLimits = { countries: null, sender: null, registered: null, prices: null, spendCap: null }
const BRITISH = '+447700900101'
const AMERICAN = '+12025550101'
const FRENCH = '+33199000101'

describe.each([
  ['better-sqlite3', openSqlite],
  ['D1 in workerd', openWorkerd],
] as const)('what carriers may take, on %s', (_name, open) => {
  let opened: OpenDatabase
  let deps: Deps
  const now = Date.UTC(2027, 0, 15, 3)

  beforeAll(async () => {
    opened = await open()
    const keyring = readKeyring(makeSecret())
    if (!keyring) throw new Error('no keyring')
    const organisation = { organisation: 'Harbour Watch', publicUrl: 'https://alerts.example.org', region: 'GB' }
    deps = composeDeps({
      instance: 'test',
      database: opened.database,
      keyring,
      settings: { ...organisation, language: 'en', demo: false },
      carriers: [],
      fetch,
      clock: () => now,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      nudge: () => {},
    })
    const rows = [`Amira Ward,${BRITISH}`, `Ben Holt,${AMERICAN}`, `Chloe Petit,${FRENCH}`]
    const file = new TextEncoder().encode(`name,mobile\n${rows.join('\n')}`)
    await importPeople(deps, HOST, { file, mode: 'apply', refused: 'reject_all', tree: 'Everyone' }, null)
    await saveTemplate(deps, HOST, { ...TEMPLATE, plan: [{ after: 'PT0S', channels: ['sms'] }] }, null, null)
  }, 60_000)
  afterAll(() => opened.close())

  it('keeps with each message who may take it, moves it to no one else, and keeps why nobody may', async () => {
    const first = createFakeCarrier('first', ['sms'])
    const second = createFakeCarrier('second', ['sms'])
    first.limits = { ...NONE, countries: ['GB', 'US'] }
    second.limits = { ...NONE, countries: ['GB'] }
    first.answer = () => ({ outcome: 'retryLater', code: 'down', reason: 'HTTP 503', afterMs: 60_000 })
    second.answer = first.answer
    const body = { template: 'Flood', trees: ['Everyone'], kind: 'drill' as const }
    await raiseAlert(deps, HOST, body, null)
    await createEngine({ ...deps, carriers: [first, second] }).run()
    const { outbox } = deps.store
    const carriers = async () =>
      rowsOf(opened.database, sql`select carrier, state, allowed from deliveries order by allowed, carrier`)
    await deps.store.commit([
      outbox.moveQueued({ carrier: 'first', channel: 'sms' }, 'second', now),
      outbox.reroute('sms', ['first', 'second'], 'third', 'allowed'),
    ])
    expect(await carriers()).toEqual([
      { carrier: 'first', state: 'failed', allowed: null },
      { carrier: 'second', state: 'queued', allowed: null },
      { carrier: 'first', state: 'queued', allowed: '["first"]' },
    ])
    await deps.store.commit([
      outbox.reroute('sms', ['second'], 'third', 'allowed'),
      outbox.reroute('sms', ['second', 'third'], 'fourth', 'all'),
    ])
    expect((await carriers()).at(-1)).toMatchObject({ carrier: 'fourth' })
    const reasons = await rowsOf(
      opened.database,
      sql`select a.number, a.state, a.error_reason as reason from attempts a join deliveries d on d.id = a.delivery_id
        where d.state = 'failed'`,
    )
    const reason = 'no carrier may take it: "first" may not send to FR; "second" may not send to FR'
    expect(reasons).toEqual([{ number: 1, state: 'failed', reason }])
  })

  it('adds up what an alert costs, by carrier', async () => {
    const { spending } = deps.store
    const amount = (carrier: string, alertId = 'a') => ({ alertId, carrier, amount: 40_000 })
    await deps.store.commit([spending.add([amount('first'), amount('second'), amount('first', 'b')])])
    await deps.store.commit([spending.add([amount('first')])])
    expect([...(await spending.spent('a'))]).toEqual([
      ['first', 80_000],
      ['second', 40_000],
    ])
    expect([...(await spending.spent('none'))]).toEqual([])
  })

  it('keeps who is set aside since when, and counts hand-overs by the minute and for ever', async () => {
    const { figures } = deps.store
    const lane = { carrier: 'counted', channel: 'sms' } as const
    const aside = { ...lane, since: now, until: now + SECOND, reason: 'HTTP 503', next: 'second' }
    await deps.store.commit([
      figures.setAside(aside),
      figures.count(lane, ['accepted', 'accepted', 'retry'], now - 10 * MINUTE),
      figures.count(lane, ['accepted'], now),
    ])
    await deps.store.commit([
      figures.setAside({ ...aside, since: now + MINUTE, until: now + MINUTE, next: null }),
      figures.count(lane, ['accepted'], now),
    ])
    const own = <Row extends { carrier: string }>(rows: readonly Row[]) =>
      rows.filter(({ carrier }) => carrier === 'counted')
    expect(own(await figures.aside())).toEqual([{ ...aside, until: now + MINUTE, next: null }])
    expect(own(await figures.outcomes(now))).toEqual([{ ...lane, outcome: 'accepted', count: 2 }])
    expect(own(await figures.outcomes(0))).toEqual([
      { ...lane, outcome: 'accepted', count: 4 },
      { ...lane, outcome: 'retry', count: 1 },
    ])
    await deps.store.commit([figures.takeBack(lane)])
    expect(own(await figures.aside())).toEqual([])
    expect(await figures.acknowledgements()).toBe(0)
    const waiting = await figures.waiting(now)
    expect(waiting.reduce((sum, { count }) => sum + count, 0)).toBe(2)
  })
})
