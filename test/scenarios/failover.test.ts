import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { receiveEvent } from '../../src/application/answers/receive-event.ts'
import type { Deps } from '../../src/application/deps.ts'
import { createEngine, type Engine } from '../../src/application/dispatch/engine.ts'
import type { OutgoingMessage, SendResult } from '../../src/application/ports/carrier.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { accept, createFakeCarrier, type FakeCarrier, settleAll, withCarriers } from '../harness/fake-carrier.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const PEOPLE = 60
const down: SendResult = { outcome: 'retryLater', code: 'down', reason: 'HTTP 503' }

describe('when a carrier fails', () => {
  let rig: Rig
  let first: FakeCarrier
  let second: FakeCarrier
  let deps: Deps
  let engine: Engine

  beforeEach(async () => {
    rig = await startRig()
    first = createFakeCarrier('first', ['sms'])
    second = createFakeCarrier('second', ['sms'])
    deps = withCarriers(rig.deps, first, second)
    engine = createEngine(deps)
    const rows = Array.from({ length: PEOPLE }, (_, i) => `${i},Person ${i},+4477009${String(10_000 + i)}`)
    await rig.importPeople(['id,name,mobile', ...rows].join('\n'))
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
  })
  afterEach(() => rig.close())

  const pass = (ms: number) => rig.clock.advance(ms, async () => {})
  const numbers = (messages: readonly OutgoingMessage[]) => new Set(messages.map(({ address }) => address))
  const timeline = async (id: string) => {
    const response = await rig.ask(`/api/v1/alerts/${id}/timeline`)
    return ((await response.json()) as { items: { kind: string; text: string }[] }).items
  }
  const deliver = (carrier: FakeCarrier, message: OutgoingMessage) =>
    receiveEvent(deps, carrier, {
      kind: 'status',
      attemptId: message.attemptId,
      providerId: `provider-${message.attemptId}`,
      state: 'delivered',
    })

  it('everybody gets the message by the next one at once, and the timeline says so', async () => {
    first.answer = () => down
    const { id } = await rig.raise()
    await engine.run()
    expect(numbers(second.sent).size).toBe(PEOPLE)
    expect((await rig.alert(id)).counts.accepted).toBe(PEOPLE)
    const entries = (await timeline(id)).filter(({ kind }) => kind === 'carrier_failing')
    expect(entries.map(({ text }) => text)).toEqual([
      'Carrier "first" fails for sms (HTTP 503); "second" takes over what it has not taken',
    ])
  })

  it('the next alert does not even try it', async () => {
    first.answer = () => down
    await rig.raise()
    await engine.run()
    const tried = first.sent.length
    await rig.raise()
    await engine.run()
    expect(first.sent).toHaveLength(tried)
    expect(second.sent).toHaveLength(2 * PEOPLE)
  })

  it('it is tried with one message after a while, and takes over again when it takes that one', async () => {
    first.answer = () => down
    const { id } = await rig.raise()
    await engine.run()
    first.answer = accept
    first.sent = []
    await pass(10 * SECOND)
    await rig.raise()
    await engine.run()
    expect(first.sent).toHaveLength(1)
    expect((await timeline(id)).map(({ text }) => text)).toContain('Carrier "first" works again for sms')
    await rig.raise()
    await engine.run()
    expect(first.sent).toHaveLength(1 + PEOPLE)
  })

  it('by not answering at all, others are not kept waiting for its time-out', async () => {
    const { promise: never, resolve } = Promise.withResolvers<SendResult>()
    first.answer = () => never
    const { id } = await rig.raise()
    const running = engine.run()
    await settleAll()
    expect(second.sent).toHaveLength(0)
    await pass(4 * SECOND)
    engine.wake()
    await settleAll()
    expect(numbers(second.sent).size).toBe(PEOPLE)
    resolve({ outcome: 'accepted', providerId: 'late' })
    await running
    expect((await rig.alert(id)).counts.accepted).toBe(PEOPLE)
  })

  it('whoever is alone on a route is waited for: nobody is given up', async () => {
    const alone = withCarriers(rig.deps, first)
    first.answer = () => down
    const { id } = await rig.raise()
    await createEngine(alone).run()
    first.answer = accept
    await pass(2 * SECOND)
    await createEngine(alone).run()
    expect((await rig.alert(id)).counts.accepted).toBe(PEOPLE)
  })

  it('a message that it may have taken is looked up there before it is sent again', async () => {
    first.answer = () => ({ outcome: 'retryLater', code: 'timeout', reason: 'no answer', uncertain: true })
    first.find = async (message) =>
      message.address.endsWith('7') ? { providerId: `found-${message.attemptId}` } : null
    const { id } = await rig.raise()
    await engine.run()
    const again = [...numbers(second.sent)]
    expect(again.some((number) => number.endsWith('7'))).toBe(false)
    expect(again).toHaveLength(PEOPLE - PEOPLE / 10)
    expect((await rig.alert(id)).counts.accepted).toBe(PEOPLE)
    const found = (await rig.recipients(id)).find(({ name }) => name === 'Person 7')?.deliveries[0]
    expect(found?.attempts).toMatchObject([{ carrier: 'first', state: 'accepted' }])
    await receiveEvent(deps, first, {
      kind: 'status',
      attemptId: found?.attempts[0]?.id ?? '',
      providerId: found?.attempts[0]?.providerId ?? '',
      state: 'failed',
      error: { code: 'c', reason: 'unknown handset', permanent: true },
    })
    const after = (await rig.recipients(id)).find(({ name }) => name === 'Person 7')?.deliveries[0]
    expect(after?.state).toBe('failed')
  })

  it('what it took and does not deliver in its usual time goes out once more by the next one, and is counted once', async () => {
    const { id } = await rig.raise()
    await engine.run()
    await pass(2 * SECOND)
    const silent = first.sent.slice(40)
    for (const message of first.sent.slice(0, 40)) await deliver(first, message)
    await pass(MINUTE)
    await engine.run()
    expect(numbers(second.sent)).toEqual(numbers(silent))
    const { counts } = await rig.alert(id)
    expect(counts).toMatchObject({ accepted: 20, delivered: 40 })
    await pass(10 * MINUTE)
    await engine.run()
    expect(second.sent).toHaveLength(20)
    expect(first.sent).toHaveLength(PEOPLE)
  })

  it('a carrier that reports no deliveries is not taken for a slow one', async () => {
    await rig.raise()
    await engine.run()
    await pass(10 * MINUTE)
    await engine.run()
    expect(second.sent).toHaveLength(0)
  })
})
