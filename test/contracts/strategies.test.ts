import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addPeople } from '../../src/application/alerts/add-people.ts'
import { closeAlert } from '../../src/application/alerts/close-alert.ts'
import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import { showAlert } from '../../src/application/alerts/show-alerts.ts'
import { updateAlert } from '../../src/application/alerts/update-alert.ts'
import { recordAnswer } from '../../src/application/answers/record-answer.ts'
import { markOnCard } from '../../src/application/cards/mark-card.ts'
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
import { accept, createFakeCarrier, type FakeCarrier } from '../harness/fake-carrier.ts'
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

  const sentSince = async (count: number) => {
    await dispatchDue(deps)
    return carrier.sent
      .slice(count)
      .map(({ address, purpose }) => `${address.at(-1)} ${purpose}`)
      .sort()
  }

  it('tells whoever was reached by a call from a card what follows, once, also when two end the alert at once', async () => {
    const alert = await raise({ strategy: 'relay', cardTime: 'PT10M' })
    await dispatchDue(deps)
    await answer(alert, 'Ada', 'yes')
    await dispatchDue(deps)
    const [card] = await deps.store.cards.ofAlert(alert.id)
    const [ben] = card?.people ?? []
    const ada = { actor: HOST, personId: card?.holder.personId ?? '', name: 'Ada' }
    await markOnCard(deps, ada, card?.id ?? '', { person: ben?.personId ?? '', mark: 'reached', response: 'yes' })
    expect(await sentSince(2)).toEqual(['1 card'])
    await updateAlert(deps, HOST, alert.id, { audience: 'all', text: { body: 'Meet at the pier.' } }, null)
    expect(await sentSince(3)).toEqual(['0 update', '1 update'])
    await Promise.all([closeAlert(deps, HOST, alert.id), closeAlert(deps, HOST, alert.id)])
    expect(await sentSince(5)).toEqual(['0 all_clear', '1 all_clear'])
    expect(await deps.store.cards.heldBy(ada.personId)).toEqual([])
  })

  it('rests a quorum on nobody whose last word was not to come, and contacts who was sent away unheard', async () => {
    carrier.answer = (message) =>
      message.address.endsWith('1') && now === raisedAt
        ? { outcome: 'retryLater', code: 'busy', reason: 'busy', afterMs: MINUTE }
        : accept(message)
    const raisedAt = now
    const alert = await raise({ strategy: 'quorum', hold: 'PT9M', quorum: { need: 1, perDuty: {}, wave: 3 } })
    await dispatchDue(deps)
    await answer(alert, 'Ada', 'yes')
    const away = await sentSince(3)
    expect(away).toEqual(['2 not_needed'])
    await answer(alert, 'Cem', 'yes')
    now += MINUTE
    await answer(alert, 'Ada', 'no')
    expect(await sentSince(4)).toEqual(['0 not_needed', '2 needed_again'])
    now += MINUTE
    await answer(alert, 'Cem', 'no')
    expect(await sentSince(6)).toEqual(['1 alert', '3 alert'])
    expect(await showAlert(deps, alert.id)).toMatchObject({ waiting: 0, unreachable: 0 })
  })

  it('contacts a waiting person whom somebody adds, and counts nobody twice', async () => {
    const alert = await raise({ strategy: 'cascade', hold: 'PT5M' })
    await dispatchDue(deps)
    const { items } = await deps.store.alerts.recipients(alert.id, { cursor: null, limit: 50 })
    const dov = items.find(({ name }) => name === 'Dov')
    const body = { people: [dov?.personId ?? ''], trees: [] }
    await Promise.all([addPeople(deps, HOST, alert.id, body, null), addPeople(deps, HOST, alert.id, body, null)])
    expect(await sentSince(1)).toEqual(['3 alert'])
    expect(await showAlert(deps, alert.id)).toMatchObject({ waiting: 2, audience: 4, added: { people: 0 } })
    const entries = await deps.store.alerts.timeline(alert.id, null, 50)
    expect(entries.filter(({ kind }) => kind === 'added').map(({ data }) => data.people)).toEqual([1])
    await closeAlert(deps, HOST, alert.id)
    expect(await showAlert(deps, alert.id)).toMatchObject({ waiting: 0, unreachable: 0, counts: { planned: 2 } })
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
