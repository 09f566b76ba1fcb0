import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Deps } from '../../src/application/deps.ts'
import { createEngine, type Engine } from '../../src/application/dispatch/engine.ts'
import type { SendResult } from '../../src/application/ports/carrier.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/domain/clock.ts'
import { accept, createFakeCarrier, type FakeCarrier, settleAll, withCarriers } from '../harness/fake-carrier.ts'
import { noteFault } from '../harness/fault-table.ts'
import { type Rig, startRig } from '../harness/rig.ts'
import { numberOf } from './service-process.ts'

const PEOPLE = 30

let rig: Rig
let carrier: FakeCarrier
let deps: Deps
let engine: Engine
/** How far the clock has been set away from the time that really passes. */
let set: number

beforeEach(async () => {
  rig = await startRig()
  set = 0
  carrier = createFakeCarrier('first', ['sms', 'voice'])
  deps = { ...withCarriers(rig.deps, carrier), clock: () => rig.clock.now() + set }
  engine = createEngine(deps)
  const rows = Array.from({ length: PEOPLE }, (_, index) => `P${index},Person ${index},${numberOf(index)}`)
  await rig.importPeople(['id,name,mobile', ...rows].join('\n'))
  await rig.saveTemplate({
    plan: [
      { after: 'PT0S', channels: ['sms'] },
      { after: 'PT3M', channels: ['voice'] },
    ],
  })
})
afterEach(() => rig.close())

const pass = (ms: number) => rig.clock.advance(ms, async () => {})
/** People without a message on the channel, and messages that somebody got there twice. */
const judge = (channel: 'sms' | 'voice') => {
  const sent = carrier.sent.filter((message) => message.channel === channel && message.purpose === 'alert')
  const people = new Set(sent.map(({ address }) => address)).size
  return { lost: PEOPLE - people, double: sent.length - people }
}
const FAIR = { lost: 0, double: 0 }

describe('when the clock is set back', () => {
  it.for([
    ['an hour', HOUR, false],
    ['two days', 2 * DAY, false],
    ['an hour, and the service is started anew,', HOUR, true],
  ] as const)('%s while the next step waits, that step comes in its time', async ([what, ms, anew], { task }) => {
    await rig.raise()
    await engine.run()
    set = -ms
    if (anew) engine = createEngine(deps)
    await engine.run()
    expect(judge('voice').lost).toBe(PEOPLE)
    await pass(3 * MINUTE)
    await engine.run()
    const judged = [judge('sms'), judge('voice')]
    noteFault(task, {
      fault: `The clock is set back ${what.replace(/,$/, '')} while a step waits`,
      rounds: 1,
      messages: 2 * PEOPLE,
      lost: judged.reduce((sum, { lost }) => sum + lost, 0),
      double: judged.reduce((sum, { double }) => sum + double, 0),
      allowed: 0,
    })
    expect(judged).toEqual([FAIR, FAIR])
  })

  it('a day while everybody is to be tried again, that comes in its time', async () => {
    carrier.answer = () => ({ outcome: 'retryLater', code: 'busy', reason: 'busy', afterMs: 30 * SECOND })
    const { id } = await rig.raise()
    await engine.run()
    carrier.answer = accept
    set = -DAY
    await engine.run()
    await pass(31 * SECOND)
    await engine.run()
    expect((await rig.alert(id)).counts.accepted).toBe(PEOPLE)
  })

  it('an hour after a process was killed, what it had claimed is taken over when its claim runs out', async () => {
    carrier.answer = () => new Promise<SendResult>(() => {})
    const { id } = await rig.raise()
    void createEngine({ ...deps, instance: 'elsewhere:1:x' }).run()
    await settleAll()
    carrier.answer = accept
    set = -HOUR
    await engine.run()
    await pass(2 * MINUTE + SECOND)
    await engine.run()
    expect((await rig.alert(id)).counts.accepted).toBe(PEOPLE)
  })
})

describe('when the clock is set forward', () => {
  it('three hours while messages are on their way, they are not sent a second time', async ({ task }) => {
    const held: (() => void)[] = []
    carrier.answer = (message) => new Promise((answer) => held.push(() => answer(accept(message))))
    const { id } = await rig.raise()
    const running = engine.run()
    await settleAll()
    expect(judge('sms')).toEqual(FAIR)
    set = 3 * HOUR
    engine.wake()
    await settleAll()
    carrier.answer = accept
    for (const answer of held) answer()
    await running
    await pass(2 * SECOND)
    await engine.run()
    const judged = judge('sms')
    noteFault(task, {
      fault: 'The clock is set forward three hours while messages are on their way',
      rounds: 1,
      messages: PEOPLE,
      ...judged,
      allowed: 0,
    })
    expect(judged).toEqual(FAIR)
    expect(judge('voice').double).toBe(0)
    expect((await rig.alert(id)).counts.accepted).toBe(PEOPLE)
  })

  it('and back again, every step is sent once', async ({ task }) => {
    await rig.raise()
    await engine.run()
    set = 2 * HOUR
    await engine.run()
    set = 0
    await engine.run()
    await pass(3 * MINUTE)
    await engine.run()
    const judged = [judge('sms'), judge('voice')]
    noteFault(task, {
      fault: 'The clock is set forward two hours and back again',
      rounds: 1,
      messages: 2 * PEOPLE,
      lost: judged.reduce((sum, { lost }) => sum + lost, 0),
      double: judged.reduce((sum, { double }) => sum + double, 0),
      allowed: 0,
    })
    expect(judged).toEqual([FAIR, FAIR])
  })

  it('beyond the lifetime, whoever has the alert is told of its end once', async () => {
    const { id } = await rig.raise()
    await engine.run()
    set = 2 * DAY
    await engine.run()
    await engine.run()
    expect((await rig.alert(id)).state).toBe('expired')
    const ends = carrier.sent.filter(({ purpose }) => purpose === 'expired').map(({ address }) => address)
    expect(new Set(ends).size).toBe(PEOPLE)
    expect(ends).toHaveLength(PEOPLE)
  })
})
