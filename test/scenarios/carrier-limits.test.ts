import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeAlert } from '../../src/application/alerts/close-alert.ts'
import { createEngine } from '../../src/application/dispatch/engine.ts'
import type { SendResult } from '../../src/application/ports/carrier.ts'
import type { CarrierLimits } from '../../src/domain/carriers/limits.ts'
import { SECOND } from '../../src/domain/clock.ts'
import { accept, createFakeCarrier, type FakeCarrier, settleAll, withCarriers } from '../harness/fake-carrier.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const NONE: CarrierLimits = { countries: null, sender: null, registered: null, prices: null, spendCap: null }
const down: SendResult = { outcome: 'retryLater', code: 'down', reason: 'HTTP 503' }
const BRITISH = '+447700900101'
const AMERICAN = '+12025550101'
const PEOPLE = ['id,name,mobile,email', `A,Amira Ward,${BRITISH},`, `B,Ben Holt,${AMERICAN},ben@example.org`].join('\n')
/** Each text costs a tenth of a euro and fits one segment of the 16-bit kind or two of the other. */
const EUROS = { currency: 'EUR', sms: { other: 100_000 }, voice: null }

let rig: Rig
let first: FakeCarrier
let second: FakeCarrier
let mail: FakeCarrier

beforeEach(async () => {
  rig = await startRig()
  first = createFakeCarrier('first', ['sms'])
  second = createFakeCarrier('second', ['sms'])
  mail = createFakeCarrier('mail', ['email'])
})
afterEach(() => rig.close())

const run = (...carriers: FakeCarrier[]) => createEngine(withCarriers(rig.deps, ...carriers)).run()
const numbers = ({ sent }: FakeCarrier) => sent.map(({ address }) => address).sort()
const limit = (carrier: FakeCarrier, limits: Partial<CarrierLimits>) => {
  carrier.limits = { ...NONE, ...limits }
}
const timeline = async (id: string, kind: string) => {
  const response = await rig.ask(`/api/v1/alerts/${id}/timeline`)
  const { items } = (await response.json()) as { items: { kind: string; text: string }[] }
  return items.filter((entry) => entry.kind === kind).map(({ text }) => text)
}
const byName = async (id: string, name: string) => (await rig.recipients(id)).find((one) => one.name === name)

describe('a carrier that may send to some countries only', () => {
  beforeEach(async () => {
    await rig.importPeople(PEOPLE)
    await rig.saveTemplate({
      plan: [
        { after: 'PT0S', channels: ['sms'] },
        { after: 'PT10M', channels: ['email'] },
      ],
    })
    limit(first, { countries: ['GB'] })
  })

  it('never sees a number from elsewhere: the next one of the route takes it at once', async () => {
    await rig.raise()
    await run(first, second)
    expect([numbers(first), numbers(second)]).toEqual([[BRITISH], [AMERICAN]])
  })

  it('whoever none of them may reach is contacted by the next step at once, and the reason is kept', async () => {
    const { id } = await rig.raise()
    await run(first, mail)
    expect(numbers(first)).toEqual([BRITISH])
    expect(numbers(mail)).toEqual(['ben@example.org'])
    expect(await timeline(id, 'point_passed')).toEqual([
      '1 person could not be contacted by sms: no carrier may take it: "first" may not send to US',
    ])
    const [text] = (await byName(id, 'Ben Holt'))?.deliveries ?? []
    expect(text).toMatchObject({ channel: 'sms', state: 'failed' })
    expect(text?.attempts).toMatchObject([
      { state: 'failed', error: 'no carrier may take it: "first" may not send to US' },
    ])
  })

  it('whoever has no other way is named as not reachable, with the reason', async () => {
    const { id } = await rig.raise()
    await run(first)
    expect((await byName(id, 'Ben Holt'))?.unreachable).toBe('sms: no carrier may take it: "first" may not send to US')
  })

  it('gets no number that it may not take when the other carrier fails', async () => {
    second.answer = () => down
    const { id } = await rig.raise()
    await run(second, first)
    await rig.clock.advance(SECOND, async () => {})
    await run(second, first)
    expect(numbers(first)).toEqual([BRITISH])
    second.answer = accept
    await rig.clock.advance(20 * SECOND, async () => {})
    await run(second, first)
    expect((await rig.alert(id)).counts.accepted).toBe(2)
    expect(numbers(first)).toEqual([BRITISH])
  })

  it('keeps to it when the configuration has changed since a message was queued', async () => {
    const { id } = await rig.raise()
    first.answer = () => down
    limit(first, {})
    await run(first)
    first.sent = []
    first.answer = accept
    limit(first, { countries: ['GB'] })
    await rig.clock.advance(5 * SECOND, async () => {})
    await run(first, second)
    expect([numbers(first), numbers(second)]).toEqual([[BRITISH], [AMERICAN]])
    expect((await rig.alert(id)).counts.accepted).toBe(2)
  })
})

describe('a sender that is not registered everywhere', () => {
  it('is passed where it must be, and used where nobody asks for it', async () => {
    await rig.importPeople(PEOPLE)
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
    limit(first, { sender: '+12025550100', registered: [] })
    limit(second, { sender: '+12025550109', registered: ['US'] })
    await rig.raise()
    await run(first, second)
    expect([numbers(first), numbers(second)]).toEqual([[BRITISH], [AMERICAN]])
  })
})

describe('a cap on what one alert may cost', () => {
  const MANY = 40
  beforeEach(async () => {
    const rows = Array.from({ length: MANY }, (_, i) => `${i},Person ${i},+4477009${String(10_000 + i)}`)
    await rig.importPeople(['id,name,mobile', ...rows].join('\n'))
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
  })
  const spent = async (id: string) => (await rig.deps.store.spending.spent(id)).get('first') ?? 0

  it('ends the sending of a drill by that carrier, which the next one goes on with', async () => {
    limit(first, { prices: EUROS, spendCap: 2_000_000 })
    const { id } = await rig.raise()
    await run(first, second)
    expect(await spent(id)).toBeLessThanOrEqual(2_000_000)
    expect(await spent(id)).toBeGreaterThan(1_500_000)
    expect(second.sent.length).toBeGreaterThan(0)
    expect(first.sent.length + second.sent.length).toBe(MANY)
    expect(await timeline(id, 'spend_cap_met')).toEqual([
      'This drill has cost 2 EUR by "first", its cap: "second" takes what is left',
    ])
  })

  it('leaves those of a drill whom nobody else can reach with the reason, and still tells the others that it is over', async () => {
    limit(first, { prices: EUROS, spendCap: 2_000_000 })
    const { id } = await rig.raise()
    await run(first)
    const reached = first.sent.length
    const { counts, unreachable } = await rig.alert(id)
    expect(counts.accepted).toBe(reached)
    expect(unreachable).toBe(MANY - reached)
    expect((await rig.recipients(id)).find((one) => one.unreachable)?.unreachable).toMatch(
      /this drill has cost as much/,
    )
    first.sent = []
    await closeAlert(rig.deps, { kind: 'host' }, id)
    await run(first)
    expect(first.sent).toHaveLength(reached)
  })

  it('never cuts off a live alert: it is said once and loudly, and everybody is reached', async () => {
    limit(first, { prices: EUROS, spendCap: 2_000_000 })
    const { id } = await rig.raise({ kind: 'live' })
    await run(first, second)
    expect(first.sent).toHaveLength(MANY)
    expect(await timeline(id, 'spend_cap_passed')).toEqual([
      'WARNING: this alert has cost more than 2 EUR by "first", its cap. It goes on: a live alert is never cut off',
    ])
    expect(await timeline(id, 'spend_cap_met')).toEqual([])
  })

  it('counts what was spent before a restart', async () => {
    limit(first, { prices: EUROS })
    first.answer = (message) => (first.sent.length > 10 ? down : accept(message))
    const { id } = await rig.raise()
    await run(first)
    const before = await spent(id)
    expect(before).toBeGreaterThan(0)
    limit(first, { prices: EUROS, spendCap: before })
    first.answer = accept
    first.sent = []
    await rig.clock.advance(5 * SECOND, async () => {})
    await run(first, second)
    expect(first.sent).toEqual([])
    expect(second.sent).toHaveLength(MANY - 10)
    expect(await spent(id)).toBe(before)
  })

  it('costs nothing where nothing was taken', async () => {
    limit(first, { prices: EUROS, spendCap: 2_000_000 })
    first.answer = () => ({ outcome: 'refused', code: 'no', reason: 'unknown number', blame: 'address' })
    const { id } = await rig.raise()
    await run(first)
    expect(await spent(id)).toBe(0)
    expect(first.sent).toHaveLength(MANY)
  })
})

describe('several carriers with rates of their own', () => {
  it('have no more on their way than they take at once', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => `${i},Person ${i},+4477009${String(10_000 + i)}`)
    await rig.importPeople(['id,name,mobile', ...rows].join('\n'))
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
    let under = 0
    let most = 0
    first.concurrency = 3
    first.answer = async (message) => {
      under++
      most = Math.max(most, under)
      await new Promise((resolve) => setImmediate(resolve))
      under--
      return accept(message)
    }
    await rig.raise()
    await run(first)
    expect(most).toBe(3)
    expect(first.sent).toHaveLength(50)
  })

  it('share a large alert by their rates, so that it is over as soon as all of them together allow', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i},Person ${i},+4477009${String(10_000 + i)}`)
    await rig.importPeople(['id,name,mobile', ...rows].join('\n'))
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
    first.perSecond = () => 10
    second.perSecond = () => 5
    await rig.raise()
    const pause = (ms: number) => new Promise<void>((resolve) => rig.clock.later(ms, resolve))
    let isOver = false
    const over = createEngine({ ...withCarriers(rig.deps, first, second), pause })
      .run()
      .then(() => {
        isOver = true
      })
    while (!isOver) {
      await settleAll()
      await rig.clock.advance(100, async () => {})
    }
    await over
    expect(first.sent.length).toBeGreaterThan(38)
    expect(second.sent.length).toBeGreaterThan(14)
    expect(first.sent.length + second.sent.length).toBe(60)
  })
})
