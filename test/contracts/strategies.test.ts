import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import { showAlert } from '../../src/application/alerts/show-alerts.ts'
import { recordAnswer } from '../../src/application/answers/record-answer.ts'
import type { Deps } from '../../src/application/deps.ts'
import { dispatchDue } from '../../src/application/dispatch/dispatch-due.ts'
import { importPeople } from '../../src/application/people/import-people.ts'
import type { RecordedDecision } from '../../src/application/ports/strategy-store.ts'
import { saveTemplate } from '../../src/application/templates/save-template.ts'
import type { Actor } from '../../src/domain/access/role.ts'
import type { Alert } from '../../src/domain/alerts/alert.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { composeDeps } from '../../src/platform/compose.ts'
import { makeSecret, readKeyring } from '../../src/platform/vault.ts'
import { createFakeCarrier, type FakeCarrier } from '../harness/fake-carrier.ts'
import { TEMPLATE } from '../harness/rig.ts'
import { type OpenDatabase, openSqlite, openWorkerd } from './databases.ts'

const HOST: Actor = { kind: 'host' }
const CSV = `id,name,mobile,reports to
A,Ada,+447700900100,
B,Ben,+447700900101,Ada
C,Cem,+447700900102,Ada
D,Dov,+447700900103,Ben`

describe.each([
  ['better-sqlite3', openSqlite],
  ['D1 in workerd', openWorkerd],
] as const)('a strategy on %s', (_name, open) => {
  let opened: OpenDatabase
  let deps: Deps
  let carrier: FakeCarrier
  let now: number

  beforeEach(async () => {
    opened = await open()
    now = Date.UTC(2027, 0, 15, 3)
    carrier = createFakeCarrier('first', ['sms'])
    const keyring = readKeyring(makeSecret())
    if (!keyring) throw new Error('no keyring')
    const composed = composeDeps({
      instance: 'test',
      database: opened.database,
      keyring,
      settings: {
        demo: false,
        organisation: 'Harbour Watch',
        publicUrl: 'https://alerts.example.org',
        region: 'GB',
        language: 'en',
      },
      carriers: [],
      fetch: () => Promise.reject(new Error('no network')),
      clock: () => now,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      nudge: () => {},
    })
    deps = { ...composed, carriers: [carrier] }
    const file = new TextEncoder().encode(CSV)
    await importPeople(deps, HOST, { file, mode: 'apply', refused: 'reject_all', tree: 'Everyone' }, null)
  })
  afterEach(() => opened.close())

  const raise = async (change: object): Promise<Alert> => {
    const plan = [{ after: 'PT0S', channels: ['sms' as const] }]
    await saveTemplate(deps, HOST, { ...TEMPLATE, plan, ...change }, null, null)
    return raiseAlert(deps, HOST, { template: 'Flood', trees: ['Everyone'], kind: 'drill' }, null)
  }
  const answer = async (alert: Alert, name: string, response: string) => {
    const { items } = await deps.store.alerts.recipients(alert.id, { cursor: null, limit: 50 })
    const recipient = items.find((one) => one.name === name)
    if (!recipient) throw new Error(`no ${name}`)
    const given = { id: `${name} ${response} ${now}`, response, channel: 'sms', at: now, address: null, note: null }
    await recordAnswer(deps, { kind: 'service' }, alert, recipient, given)
  }
  const contacted = () => {
    const alerts = carrier.sent.filter(({ purpose }) => purpose === 'alert')
    return alerts
      .map(({ address }) => address.at(-1))
      .sort()
      .join('')
  }

  it('takes a cascade down the tree, by answers and by silence', async () => {
    const alert = await raise({ strategy: 'cascade', hold: 'PT5M' })
    await dispatchDue(deps)
    expect(contacted()).toBe('0')
    await answer(alert, 'Ada', 'yes')
    await dispatchDue(deps)
    expect(contacted()).toBe('012')
    now += 5 * MINUTE
    await dispatchDue(deps)
    expect(contacted()).toBe('0123')
    expect(await deps.store.strategies.passes(alert.id)).toMatchObject([{ as: 'above', why: 'silent' }])
    expect((await showAlert(deps, alert.id)).waiting).toBe(0)
  })

  it('keeps the books of the cards of a relay', async () => {
    const alert = await raise({ strategy: 'relay', cardTime: 'PT10M' })
    await dispatchDue(deps)
    await answer(alert, 'Ada', 'yes')
    await dispatchDue(deps)
    const [card] = await deps.store.cards.ofAlert(alert.id)
    expect(card).toMatchObject({ holder: { name: 'Ada' }, people: [{ name: 'Ben' }, { name: 'Cem' }], endedAt: null })
    if (!card) return
    const [, cem] = card.people
    const marks = deps.store.cards.mark(card, cem?.personId ?? '', 'no_answer', now)
    expect((await deps.store.commit(marks))[0]).toHaveLength(1)
    await dispatchDue(deps)
    expect(contacted()).toBe('02')
    now += 10 * MINUTE
    await dispatchDue(deps)
    expect(contacted()).toBe('012')
    expect(await deps.store.cards.find(card.id)).toMatchObject({ endedWhy: 'deadline', endedAt: now })
  })

  const nothing = {
    starts: [],
    joins: [],
    passes: [],
    cards: [],
    endCards: [],
    notNeeded: [],
    neededAgain: [],
    notes: [],
    outlets: [],
  }
  const decisionOf = async (change: Partial<RecordedDecision>): Promise<RecordedDecision> => {
    const [due] = await deps.store.strategies.due(now)
    if (!due) throw new Error('nothing is due')
    return { ...nothing, nextAt: null, due, ...change }
  }

  it('records one of two decisions that are made at once', async () => {
    const alert = await raise({ strategy: 'cascade' })
    const pass = {
      id: 'p1',
      tree: 't',
      branch: 'b',
      from: null,
      to: null,
      as: 'nobody',
      why: 'silent',
      at: now,
    } as const
    const decision = await decisionOf({ passes: [pass] })
    const other = { ...decision, passes: [{ ...pass, id: 'p2' }] }
    await deps.store.commit(deps.store.strategies.record(alert, decision, now))
    await deps.store.commit(deps.store.strategies.record(alert, other, now))
    expect(await deps.store.strategies.passes(alert.id)).toHaveLength(1)
  })

  it('decides again when an answer came between reading and recording', async () => {
    const alert = await raise({ strategy: 'cascade' })
    const decision = await decisionOf({ nextAt: now + MINUTE })
    await answer(alert, 'Ada', 'yes')
    await deps.store.commit(deps.store.strategies.record(alert, decision, now))
    expect(await deps.store.strategies.due(now)).toHaveLength(1)
    await deps.store.commit(deps.store.strategies.record(alert, await decisionOf({ nextAt: now + MINUTE }), now))
    expect(await deps.store.strategies.due(now)).toHaveLength(0)
    expect(await deps.store.strategies.due(now + MINUTE)).toHaveLength(1)
  })

  it('records nothing for an alert that has ended meanwhile', async () => {
    const alert = await raise({ strategy: 'cascade' })
    const { items } = await deps.store.alerts.recipients(alert.id, { cursor: null, limit: 50 })
    const ben = items.find(({ name }) => name === 'Ben')
    const start = { person: ben?.personId ?? '', because: { why: 'root' } } as const
    const decision = await decisionOf({ starts: [start] })
    await deps.store.commit([deps.store.alerts.end(alert.id, 'closed', 'test', now)])
    await deps.store.commit(deps.store.strategies.record(alert, decision, now))
    expect((await deps.store.alerts.recipient(ben?.id ?? ''))?.nextAt).toBeNull()
  })
})
