import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { preflight } from '../../src/application/alerts/preflight.ts'
import { createEngine } from '../../src/application/dispatch/engine.ts'
import { type Forecast, forecast } from '../../src/contract/forecast.ts'
import type { CarrierLimits } from '../../src/domain/carriers/limits.ts'
import { SECOND } from '../../src/domain/clock.ts'
import { accept, createFakeCarrier, type FakeCarrier, withCarriers } from '../harness/fake-carrier.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const NONE: CarrierLimits = { countries: null, sender: null, registered: null, prices: null, spendCap: null }
const EUROS = { currency: 'EUR', sms: { other: 100_000 }, voice: { other: 50_000 } }
const MANY = 600

let rig: Rig
let first: FakeCarrier
let second: FakeCarrier

beforeEach(async () => {
  rig = await startRig()
  first = createFakeCarrier('first', ['sms', 'voice'])
  second = createFakeCarrier('second', ['sms'])
  first.perSecond = (channel) => (channel === 'sms' ? 2 : 1)
  second.perSecond = () => 1
  const rows = Array.from({ length: MANY }, (_, i) => `${i},Person ${i},+4477009${String(10_000 + i)}`)
  await rig.importPeople(['id,name,mobile', ...rows].join('\n'))
  await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
})
afterEach(() => rig.close())

const lookAt = (template: string, kind: 'live' | 'drill', ...carriers: FakeCarrier[]) =>
  preflight(withCarriers(rig.deps, ...carriers), { kind: 'host' }, { template, trees: ['Everyone'], kind })
const look = (kind: 'live' | 'drill', ...carriers: FakeCarrier[]) => lookAt('Flood', kind, ...carriers)

describe('what is said before an alert goes out', () => {
  it('tells how long it takes by the carriers that would be used, and what holds people up', async () => {
    const alone = (await look('drill', first)).forecast
    expect(alone.seconds?.all).toBeCloseTo((MANY - 1) / 2, 1)
    expect(alone.bottleneck).toMatch(
      /^SMS by "first" at 2 per second: 600 people take .* a second carrier or push would/,
    )
    const both = (await look('drill', first, second)).forecast
    expect(both.seconds?.all).toBeLessThan(MANY / 3 + 2)
    expect(both.carriers.map(({ carrier, channel }) => `${carrier}/${channel}`)).toEqual(['first/sms', 'second/sms'])
    expect(both.carriers.reduce((sum, { messages }) => sum + messages, 0)).toBe(MANY)
  })

  it('is what then happens: the last message leaves when it was said', async () => {
    first.perSecond = () => 20
    second.perSecond = () => 10
    const said = (await look('drill', first, second)).forecast.seconds?.all ?? 0
    expect(said).toBeGreaterThan(MANY / 30 - 2)
    const start = rig.clock.now()
    await rig.raise()
    let last = start
    for (const carrier of [first, second]) {
      carrier.answer = (message) => {
        last = rig.clock.now()
        return accept(message)
      }
    }
    const deps = {
      ...withCarriers(rig.deps, first, second),
      pause: (ms: number) => new Promise<void>((resolve) => rig.clock.later(ms, resolve)),
    }
    let running = true
    const run = createEngine(deps)
      .run()
      .finally(() => {
        running = false
      })
    const settle = async () => {
      for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve))
    }
    while (running) await rig.clock.advance(SECOND, settle)
    await run
    expect(first.sent.length + second.sent.length).toBe(MANY)
    expect((last - start) / SECOND).toBeGreaterThan(said * 0.9)
    expect((last - start) / SECOND).toBeLessThan(said * 1.1 + 2)
  })

  it('reckons the costs of every carrier and of all, and leaves them open where a price is not known', async () => {
    first.limits = { ...NONE, prices: EUROS }
    const known = await look('drill', first)
    const [segments] = known.sms.map((one) => one.segments)
    expect(known.forecast.cost).toEqual({ currency: 'EUR', total: MANY * 0.1 * (segments ?? 0) })
    const { cost, carriers } = (await look('drill', first, second)).forecast
    expect(cost).toBeNull()
    expect(carriers.map((one) => one.cost === null)).toEqual([false, true])
  })

  it('says in words what a cap would do to a drill, and that it does nothing to a live alert', async () => {
    first.limits = { ...NONE, prices: EUROS, spendCap: 5_000_000 }
    expect((await look('drill', first)).warnings.join()).toMatch(/its cap is 5 EUR: the drill stops there/)
    expect((await look('live', first)).warnings.join()).toMatch(/its cap is 5 EUR: a live alert goes on all the same/)
    first.limits = { ...NONE, prices: EUROS, spendCap: 500_000_000 }
    expect((await look('drill', first)).warnings).toEqual([])
  })

  it('counts nobody as reached whom no carrier may reach, and says why and which sender nobody has registered', async () => {
    await rig.importPeople('id,name,mobile\nU,Una Reed,+12025550101', 'Everyone')
    first.limits = { ...NONE, countries: ['GB'] }
    const { byChannel, unreached, warnings, people } = await look('drill', first)
    expect({ sms: byChannel.sms, unreached }).toEqual({ sms: people - 1, unreached: 1 })
    expect(warnings).toEqual(['No carrier may take 1 of the contact points: "first" may not send to US.'])
    first.limits = { ...NONE, sender: '+12025550100' }
    expect((await look('drill', first)).warnings.join()).toMatch(
      /US delivers texts from registered senders only \(1 of/,
    )
    first.limits = { ...NONE, sender: '+12025550100', registered: ['US'] }
    expect((await look('drill', first)).warnings).toEqual([])
  })

  it('says how many messages one person gets at most, and waits for the steps of the plan', async () => {
    await rig.saveTemplate({
      name: 'Twice',
      plan: [
        { after: 'PT0S', channels: ['sms'] },
        { after: 'PT3M', channels: ['voice', 'sms'] },
      ],
    })
    const { messagesPerPerson, carriers } = (await lookAt('Twice', 'drill', first)).forecast
    expect(messagesPerPerson).toBeGreaterThanOrEqual(2)
    expect(carriers.find(({ channel }) => channel === 'sms')?.messages).toBe(2 * MANY)
  })

  it('promises no time where people are contacted in turn', async () => {
    await rig.saveTemplate({ name: 'In turn', strategy: 'cascade' })
    const found = (await lookAt('In turn', 'drill', first)).forecast
    expect([found.seconds, found.bottleneck]).toEqual([null, null])
  })

  it('is part of the answer that the app and other programs get', async () => {
    const json = { template: 'Flood', trees: ['Everyone'], kind: 'drill' }
    const response = await rig.ask('/api/v1/alerts/preflight', { method: 'POST', json })
    const { forecast: found } = (await response.json()) as { forecast: Forecast }
    expect(forecast.parse(found)).toEqual(found)
  })
})
