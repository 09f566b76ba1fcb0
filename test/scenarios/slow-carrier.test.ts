import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import { createEngine } from '../../src/application/dispatch/engine.ts'
import type { Carrier, OutgoingMessage, SendResult } from '../../src/application/ports/carrier.ts'
import { saveTemplate } from '../../src/application/templates/save-template.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { settleAll } from '../harness/fake-carrier.ts'
import { type Rig, startRig, TEMPLATE } from '../harness/rig.ts'

const HOST = { kind: 'host' } as const

describe('a carrier that takes long', () => {
  let rig: Rig
  let texts: { message: OutgoingMessage; answer: (result: SendResult) => void }[]
  let calls: OutgoingMessage[]
  const accepted = (id: string): SendResult => ({ outcome: 'accepted', providerId: id })

  beforeEach(async () => {
    rig = await startRig()
    texts = []
    calls = []
    const slow: Carrier = {
      name: 'slow',
      channels: ['sms'],
      perSecond: () => null,
      send: (message) => new Promise((answer) => texts.push({ message, answer })),
    }
    const phone: Carrier = {
      name: 'phone',
      channels: ['voice'],
      perSecond: () => null,
      async send(message) {
        calls.push(message)
        return accepted(message.attemptId)
      },
    }
    rig.deps.carriers = [slow, phone]
    await rig.importPeople('id,name,mobile\n1,Amira Khan,+447700900001\n2,Ben Okoro,+447700900002')
    await rig.saveTemplate()
  })
  afterEach(() => rig.close())

  it('holds up nobody’s next step while its answers are awaited', async () => {
    const { deps } = rig
    await raiseAlert(deps, HOST, { template: 'Flood', trees: ['Everyone'], kind: 'drill' }, null)
    const engine = createEngine(deps)
    const running = engine.run()
    await settleAll()
    expect(texts).toHaveLength(2)
    expect(calls).toHaveLength(0)
    await rig.clock.advance(3 * MINUTE, async () => {})
    engine.wake()
    await settleAll()
    expect(calls).toHaveLength(2)
    for (const { message, answer } of texts) answer(accepted(message.attemptId))
    await running
  })

  it('holds up no other alert, not even on its own channel', async () => {
    const { deps } = rig
    const plan = [{ after: 'PT0S', channels: ['sms' as const] }]
    await saveTemplate(deps, HOST, { ...TEMPLATE, name: 'Fire', plan }, null, null)
    await raiseAlert(deps, HOST, { template: 'Flood', trees: ['Everyone'], kind: 'drill' }, null)
    const engine = createEngine(deps)
    const running = engine.run()
    await settleAll()
    await raiseAlert(deps, HOST, { template: 'Fire', trees: ['Everyone'], kind: 'live' }, null)
    engine.wake()
    await settleAll()
    expect(texts.map(({ message }) => message.kind)).toEqual(['drill', 'drill', 'live', 'live'])
    for (const { message, answer } of texts) answer(accepted(message.attemptId))
    await running
  })

  it('is not waited for when the service is to stop before the next message', async () => {
    const { deps } = rig
    await raiseAlert(deps, HOST, { template: 'Flood', trees: ['Everyone'], kind: 'drill' }, null)
    const engine = createEngine(deps)
    const running = engine.run()
    await settleAll()
    engine.stop()
    for (const { message, answer } of texts) answer(accepted(message.attemptId))
    await running
    await rig.clock.advance(3 * MINUTE, async () => {})
    expect(calls).toHaveLength(0)
  })
})
