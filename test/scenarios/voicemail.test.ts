import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { receiveEvent } from '../../src/application/answers/receive-event.ts'
import type { Deps } from '../../src/application/deps.ts'
import { dispatchDue } from '../../src/application/dispatch/dispatch-due.ts'
import type { CarrierEvent } from '../../src/application/ports/carrier.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { createFakeCarrier, type FakeCarrier, withCarriers } from '../harness/fake-carrier.ts'
import { type Rig, startRig } from '../harness/rig.ts'

let rig: Rig
let carrier: FakeCarrier
let deps: Deps

beforeEach(async () => {
  rig = await startRig()
  carrier = createFakeCarrier('first', ['sms', 'voice'])
  deps = withCarriers(rig.deps, carrier)
  await rig.importPeople('id,name,mobile\nA,Amira Khan,+447700900101')
})
afterEach(() => rig.close())

const pass = async (ms: number) => {
  await rig.clock.advance(ms, async () => {})
  await dispatchDue(deps)
}
/** The voicemail picks up the call that was placed last. */
const meetVoicemail = async () => {
  const attemptId = carrier.sent.at(-1)?.attemptId ?? ''
  const event = { kind: 'call', attemptId, callId: `provider-${attemptId}`, machine: true, number: '+447700900101' }
  const reply = await receiveEvent(deps, carrier, { ...event, turn: null, digits: null } as CarrierEvent)
  await dispatchDue(deps)
  return JSON.stringify(reply)
}

describe('a call that a voicemail picks up', () => {
  it('is no answer, says nothing that a stranger may not hear, and is made once more', async () => {
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['voice'] }] })
    const { id } = await rig.raise()
    await pass(0)
    const said = await meetVoicemail()
    expect(said).not.toMatch(/Flood|quay|[Pp]ress/)
    expect((await rig.alert(id)).counts).toMatchObject({ accepted: 1, heard: 0, acknowledged: 0 })
    await pass(MINUTE)
    expect(carrier.sent).toHaveLength(1)
    await pass(MINUTE)
    expect(carrier.sent.map(({ channel }) => channel)).toEqual(['voice', 'voice'])
    await meetVoicemail()
    await pass(60 * MINUTE)
    expect(carrier.sent).toHaveLength(2)
    expect((await rig.recipients(id))[0]?.unreachable).toBe('voice: voicemail')
  })

  it('is made again only when the plan says so, where it does', async () => {
    await rig.saveTemplate({
      plan: [
        { after: 'PT0S', channels: ['voice'] },
        { after: 'PT8M', channels: ['sms', 'voice'] },
      ],
    })
    await rig.raise()
    await pass(0)
    await meetVoicemail()
    await pass(7 * MINUTE)
    expect(carrier.sent).toHaveLength(1)
    await pass(MINUTE)
    expect(
      carrier.sent
        .slice(1)
        .map(({ channel }) => channel)
        .sort(),
    ).toEqual(['sms', 'voice'])
  })

  it('is not made again for whom has answered by text meanwhile', async () => {
    await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['voice'] }] })
    const { id } = await rig.raise()
    await pass(0)
    await meetVoicemail()
    const [amira] = await rig.recipients(id)
    const path = `/api/v1/alerts/${id}/recipients/${amira?.id}/acknowledge`
    await rig.ask(path, { method: 'POST', json: { response: 'yes' } })
    await pass(10 * MINUTE)
    expect(carrier.sent).toHaveLength(1)
  })
})

it('whom no attempt reached is shown with the reason of every attempt, on the board and in the report', async () => {
  await rig.saveTemplate({
    plan: [
      { after: 'PT0S', channels: ['sms'] },
      { after: 'PT3M', channels: ['voice'] },
    ],
  })
  const second = createFakeCarrier('second', ['sms'])
  const both = withCarriers(rig.deps, carrier, second)
  carrier.answer = ({ channel }) =>
    channel === 'sms'
      ? { outcome: 'refused', code: 's', reason: 'sender not registered', blame: 'sender' }
      : { outcome: 'refused', code: 'v', reason: 'not in service', blame: 'address' }
  second.answer = () => ({ outcome: 'refused', code: 's', reason: 'not a mobile', blame: 'address' })
  const { id } = await rig.raise()
  await dispatchDue(both)
  await rig.clock.advance(4 * MINUTE, async () => {})
  await dispatchDue(both)
  const every = 'sms: sender not registered; sms: not a mobile; voice: not in service'
  expect((await rig.recipients(id))[0]?.unreachable).toBe(every)
  expect(await (await rig.ask(`/api/v1/reports/${id}.csv`)).text()).toContain(every)
})
