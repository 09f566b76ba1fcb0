import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import type { Deps } from '../../src/application/deps.ts'
import { dispatchDue } from '../../src/application/dispatch/dispatch-due.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { createFakeCarrier, type FakeCarrier, withCarriers } from '../harness/fake-carrier.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const AMIRA = '+447700900101'
const CHIEF = '+447700900150'

let rig: Rig
let carrier: FakeCarrier
let deps: Deps

beforeEach(async () => {
  rig = await startRig()
  carrier = createFakeCarrier('first', ['sms', 'voice'])
  deps = withCarriers(rig.deps, carrier)
  await rig.importPeople(`id,name,mobile\nA,Amira Khan,${AMIRA}`)
  await rig.importPeople(`id,name,mobile\nC,Chika Obi,${CHIEF}`, 'Chiefs')
  const chief = (await deps.store.people.all()).find(({ name }) => name === 'Chika Obi')
  const account = { id: deps.newId(), personId: chief?.id ?? null, name: 'Chika Obi', role: 'commander' as const }
  await deps.store.commit([deps.store.access.saveAccount(account, rig.clock.now())])
  await rig.saveTemplate({ lifetime: 'PT4H', plan: [{ after: 'PT0S', channels: ['sms'] }] })
})
afterEach(() => rig.close())

const pass = async (ms: number) => {
  await rig.clock.advance(ms, async () => {})
  await dispatchDue(deps)
}
const raise = async () => {
  const { id } = await rig.raise()
  await dispatchDue(deps)
  return id
}
const timeline = async (id: string) => {
  const { items } = (await (await rig.ask(`/api/v1/alerts/${id}/timeline`)).json()) as {
    items: { kind: string; text: string }[]
  }
  return items
}
const extend = (id: string, json: unknown = {}) => rig.ask(`/api/v1/alerts/${id}/extend`, { method: 'POST', json })

describe('an alert that nobody closes', () => {
  it('is warned of half an hour before its end, on its board and to its commanders, once', async () => {
    const id = await raise()
    expect((await rig.alert(id)).endsSoon).toBe(false)
    await pass(3 * HOUR + 29 * MINUTE)
    expect(carrier.sent).toHaveLength(1)
    await pass(MINUTE)
    expect(carrier.sent.slice(1).map(({ purpose, address, link }) => ({ purpose, address, link }))).toEqual([
      { purpose: 'ending', address: CHIEF, link: `https://alerts.example.org/alerts/${id}` },
    ])
    expect((await rig.alert(id)).endsSoon).toBe(true)
    expect((await timeline(id)).filter(({ kind }) => kind === 'ending')).toHaveLength(1)
    await pass(MINUTE)
    expect(carrier.sent).toHaveLength(2)
  })

  it('knows when the warning is due from its row, so that a restart forgets nothing', async () => {
    const id = await raise()
    const { warnAt } = (await deps.store.alerts.find(id)) ?? {}
    expect(await deps.store.outbox.nextDue()).toBe(warnAt)
  })

  it('counts those who are told so nowhere: not on the board, not in the report, not as recipients', async () => {
    const id = await raise()
    await pass(3 * HOUR + 31 * MINUTE)
    await pass(HOUR)
    expect((await rig.alert(id)).state).toBe('expired')
    expect((await rig.recipients(id)).map(({ name }) => name)).toEqual(['Amira Khan'])
    expect(await rig.alert(id)).toMatchObject({ audience: 1, unreachable: 0 })
    expect(await (await rig.ask(`/api/v1/reports/${id}.csv`)).text()).not.toContain('Chika')
    const again = await deps.store.alerts.byAddress(CHIEF, ['sms'], 0)
    expect(again).toEqual([])
  })

  it('that goes on with one tap ends later, is warned of again, and says so in the record', async () => {
    const id = await raise()
    await pass(3 * HOUR + 31 * MINUTE)
    await pass(MINUTE)
    const later = (await (await extend(id)).json()) as { endsAt: string; endsSoon: boolean }
    expect(Date.parse(later.endsAt)).toBe(rig.clock.now() + 4 * HOUR)
    expect(later.endsSoon).toBe(false)
    await pass(30 * MINUTE)
    expect((await rig.alert(id)).state).toBe('open')
    await pass(3 * HOUR + MINUTE)
    expect(carrier.sent.filter(({ purpose }) => purpose === 'ending')).toHaveLength(2)
    await pass(30 * MINUTE)
    expect((await rig.alert(id)).state).toBe('expired')
    const kinds = (await timeline(id)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => ['ending', 'extended', 'expired'].includes(kind))).toEqual([
      'ending',
      'extended',
      'ending',
      'expired',
    ])
  })

  it('goes on once for two taps, and never ends earlier for them', async () => {
    const id = await raise()
    await pass(HOUR)
    const [one, two] = await Promise.all([extend(id), extend(id)])
    expect(await one.json()).toEqual(await two.json())
    const { endsAt } = await rig.alert(id)
    await extend(id, { for: 'PT10M' })
    expect((await rig.alert(id)).endsAt).toBe(endsAt)
    expect((await timeline(id)).filter(({ kind }) => kind === 'extended')).toHaveLength(1)
  })

  it('does not go on once it has ended, nor for ever', async () => {
    const id = await raise()
    expect((await extend(id, { for: 'P400D' })).status).toBe(422)
    await pass(4 * HOUR + MINUTE)
    expect((await extend(id)).status).toBe(409)
  })

  it('goes on although its end was decided in the same instant', async () => {
    const id = await raise()
    await rig.clock.advance(4 * HOUR - MINUTE, async () => {})
    const [, late] = await Promise.all([dispatchDue(deps), extend(id)])
    await rig.clock.advance(2 * MINUTE, async () => {})
    await dispatchDue(deps)
    expect(late.status).toBe(200)
    expect((await rig.alert(id)).state).toBe('open')
  })

  it('tells whoever raised it instead of every commander', async () => {
    await rig.importPeople('id,name,mobile\nD,Dele Ade,+447700900151', 'Deputies')
    const dele = (await deps.store.people.all()).find(({ name }) => name === 'Dele Ade')
    const account = { id: deps.newId(), personId: dele?.id ?? null, name: 'Dele Ade', role: 'commander' as const }
    await deps.store.commit([deps.store.access.saveAccount(account, rig.clock.now())])
    await raiseAlert(
      deps,
      { kind: 'account', ...account },
      { template: 'Flood', trees: ['Everyone'], kind: 'drill' },
      null,
    )
    await dispatchDue(deps)
    await pass(3 * HOUR + 31 * MINUTE)
    expect(carrier.sent.slice(1).map(({ address }) => address)).toEqual(['+447700900151'])
  })
})
