import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addPeople } from '../../src/application/alerts/add-people.ts'
import { cancelAlert, closeAlert } from '../../src/application/alerts/close-alert.ts'
import { extendAlert } from '../../src/application/alerts/extend-alert.ts'
import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import { showAlert } from '../../src/application/alerts/show-alerts.ts'
import { updateAlert } from '../../src/application/alerts/update-alert.ts'
import type { Deps } from '../../src/application/deps.ts'
import { dispatchDue } from '../../src/application/dispatch/dispatch-due.ts'
import { importPeople } from '../../src/application/people/import-people.ts'
import { saveTemplate } from '../../src/application/templates/save-template.ts'
import type { Actor } from '../../src/domain/access/role.ts'
import { SECOND } from '../../src/domain/clock.ts'
import { composeDeps } from '../../src/platform/compose.ts'
import { makeSecret, readKeyring } from '../../src/platform/vault.ts'
import { createFakeCarrier, type FakeCarrier } from '../harness/fake-carrier.ts'
import { TEMPLATE } from '../harness/rig.ts'
import { type OpenDatabase, openSqlite, openWorkerd } from './databases.ts'

const HOST: Actor = { kind: 'host' }
const PEOPLE = `id,name,mobile\n${Array.from({ length: 120 }, (_, n) => `P${n},Person ${n},+4477009${String(n).padStart(5, '0')}`).join('\n')}`
const NEWS = (body: string) => ({ audience: 'all' as const, text: { body } })

describe.each([
  ['better-sqlite3', openSqlite],
  ['D1 in workerd', openWorkerd],
] as const)('an alert that is running, on %s', (_name, open) => {
  let opened: OpenDatabase
  let deps: Deps
  let carrier: FakeCarrier
  let now: number

  beforeEach(async () => {
    opened = await open()
    now = Date.UTC(2027, 0, 15, 3)
    const keyring = readKeyring(makeSecret())
    if (!keyring) throw new Error('no keyring')
    carrier = createFakeCarrier('first', ['sms', 'voice'])
    const settings = { organisation: 'Harbour Watch', publicUrl: 'https://alerts.example.org', region: 'GB' }
    const composed = composeDeps({
      instance: 'test',
      database: opened.database,
      keyring,
      settings: { ...settings, language: 'en', demo: false },
      carriers: [],
      fetch,
      clock: () => now,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      nudge: () => {},
    })
    deps = { ...composed, carriers: [carrier] }
    const file = new TextEncoder().encode(PEOPLE)
    await importPeople(deps, HOST, { file, mode: 'apply', refused: 'reject_all', tree: 'Everyone' }, null)
    await saveTemplate(deps, HOST, TEMPLATE, null, null)
  }, 60_000)
  afterEach(() => opened.close())

  const raise = async () => {
    const { id } = await raiseAlert(deps, HOST, { template: 'Flood', trees: ['Everyone'], kind: 'drill' }, null)
    return id
  }
  const send = async () => {
    const before = carrier.sent.length
    await dispatchDue(deps)
    return carrier.sent.slice(before)
  }

  it('tells an update to everybody once, and numbers two that come at once in one order', async () => {
    const id = await raise()
    await send()
    await Promise.all([
      updateAlert(deps, HOST, id, NEWS('One.'), null),
      updateAlert(deps, HOST, id, NEWS('Two.'), null),
    ])
    const { updates } = await showAlert(deps, id)
    expect(updates.map(({ number }) => number)).toEqual([1, 2])
    const sent = await send()
    expect(sent).toHaveLength(120)
    expect(new Set(sent.map(({ body }) => body))).toEqual(new Set([updates[1]?.body]))
    expect(new Set(sent.map(({ attemptId }) => attemptId)).size).toBe(120)
  })

  it('takes no update once it has ended, not even one that was being written', async () => {
    const id = await raise()
    await send()
    const { store } = deps
    await closeAlert(deps, HOST, id)
    const late = { id: deps.newId(), alertId: id, at: now, by: 'the host', audience: 'all' as const, texts: {} }
    await expect(
      store.commit([
        store.alerts.requireOpen(id),
        store.alerts.addUpdate(late),
        ...store.outbox.queueUpdate(late.id, now, 1, []),
      ]),
    ).rejects.toThrow()
    expect((await showAlert(deps, id)).updates).toEqual([])
  })

  it('adds people once and counts them apart, also when two add the same ones at once', async () => {
    const id = await raise()
    await send()
    const file = new TextEncoder().encode(`id,name,mobile\nP1,Person 1,+447700900001\nX,Zoe Lind,+447700901000`)
    await importPeople(deps, HOST, { file, mode: 'apply', refused: 'reject_all', tree: 'Later' }, null)
    const body = { trees: ['Later'], people: [] }
    await Promise.all([addPeople(deps, HOST, id, body, null), addPeople(deps, HOST, id, body, null)])
    const sent = await send()
    expect(sent.filter(({ address }) => address === '+447700901000')).toHaveLength(1)
    expect(await showAlert(deps, id)).toMatchObject({ audience: 120, counts: { accepted: 120 }, added: { people: 1 } })
    const entries = await deps.store.alerts.timeline(id, null, 100)
    expect(entries.filter(({ kind }) => kind === 'added')).toHaveLength(1)
  })

  it('is warned of before its end once, and lets itself go on', async () => {
    const id = await raise()
    await send()
    const { warnAt, endsAt } = (await deps.store.alerts.find(id)) ?? {}
    expect(await deps.store.outbox.nextDue()).toBeLessThanOrEqual(warnAt ?? 0)
    now = warnAt ?? 0
    await Promise.all([dispatchDue(deps), dispatchDue(deps)])
    const entries = await deps.store.alerts.timeline(id, null, 100)
    expect(entries.filter(({ kind }) => kind === 'ending')).toHaveLength(1)
    await Promise.all([extendAlert(deps, HOST, id, null), extendAlert(deps, HOST, id, null)])
    now = (endsAt ?? 0) + SECOND
    await dispatchDue(deps)
    expect((await showAlert(deps, id)).state).toBe('open')
  })

  it('ends in one way only, however many ways are chosen at once, and everybody hears that one', async () => {
    const id = await raise()
    await send()
    await Promise.allSettled([
      cancelAlert(deps, HOST, id, 'in_error', null),
      closeAlert(deps, HOST, id),
      cancelAlert(deps, HOST, id, 'cancelled', 'Never mind.'),
    ])
    const { state } = await showAlert(deps, id)
    now += SECOND
    const sent = await send()
    expect(sent).toHaveLength(120)
    expect(new Set(sent.map(({ purpose }) => purpose))).toEqual(new Set([state === 'closed' ? 'all_clear' : state]))
  })
})
