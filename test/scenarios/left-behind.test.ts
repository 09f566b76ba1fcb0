import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/application/dispatch/engine.ts'
import type { OutgoingMessage, SendResult } from '../../src/application/ports/carrier.ts'
import { SECOND } from '../../src/domain/clock.ts'
import { nameInstance, takeOverClaims } from '../../src/platform/node/instance.ts'
import { accept, createFakeCarrier, type FakeCarrier, settleAll, withCarriers } from '../harness/fake-carrier.ts'
import { type Rig, startRig } from '../harness/rig.ts'

describe('what a process had in hand when it ended', () => {
  let rig: Rig
  let carrier: FakeCarrier
  let held: { message: OutgoingMessage; answer: (result: SendResult) => void }[]

  beforeEach(async () => {
    rig = await startRig()
    carrier = createFakeCarrier('first', ['sms'])
    held = []
    carrier.answer = (message) => new Promise((answer) => held.push({ message, answer }))
    const rows = Array.from({ length: 200 }, (_, i) => `${i},Person ${i},+4477009${String(10_000 + i)}`)
    await rig.importPeople(['id,name,mobile', ...rows].join('\n'))
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }] })
    await rig.raise()
  })
  afterEach(() => rig.close())

  it('is sent by the next one at once after a kill, though its claims had minutes to run', async () => {
    const dead = `${nameInstance()}`
    void createEngine({ ...withCarriers(rig.deps, carrier), instance: dead }).run()
    await settleAll()
    const before = held.length
    expect(before).toBeGreaterThan(0)
    carrier.answer = accept
    const next = { ...withCarriers(rig.deps, carrier), instance: nameInstance() }
    await takeOverClaims(next)
    await createEngine(next).run()
    expect(new Set(carrier.sent.map(({ address }) => address)).size).toBe(200)
    expect(carrier.sent.length).toBe(200 + before)
  })

  it('is left alone while the process that holds it lives on another machine', async () => {
    void createEngine({ ...withCarriers(rig.deps, carrier), instance: 'elsewhere:1:x' }).run()
    await settleAll()
    const next = { ...withCarriers(rig.deps, carrier), instance: nameInstance() }
    await takeOverClaims(next)
    carrier.answer = accept
    await createEngine(next).run()
    expect(new Set(carrier.sent.map(({ address }) => address)).size).toBeLessThan(200 + 1)
    expect(carrier.sent.length).toBe(new Set(carrier.sent.map(({ address }) => address)).size)
  })

  it('is given back when the service stops before it was handed over, so that nobody waits for a lease', async () => {
    const deps = withCarriers(rig.deps, carrier)
    const engine = createEngine(deps)
    const running = engine.run()
    await settleAll()
    engine.stop()
    for (const { message, answer } of held) answer(accept(message))
    await running
    carrier.answer = accept
    await createEngine(deps).run()
    expect(carrier.sent).toHaveLength(200)
  })

  it('is asked for anew when it has waited long behind a slow carrier: who has answered is not contacted any more', async () => {
    const deps = withCarriers(rig.deps, carrier)
    const running = createEngine(deps).run()
    await settleAll()
    const early = held.length
    await rig.clock.advance(6 * SECOND, async () => {})
    await deps.store.commit([{ sql: 'update recipients set acknowledged_at = 1', params: [] }])
    carrier.answer = accept
    for (const { message, answer } of held) answer(accept(message))
    await running
    expect(carrier.sent).toHaveLength(early)
  })
})
