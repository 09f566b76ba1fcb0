import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeAlert } from '../../src/application/alerts/close-alert.ts'
import { receiveEvent } from '../../src/application/answers/receive-event.ts'
import type { Deps } from '../../src/application/deps.ts'
import { dispatchDue } from '../../src/application/dispatch/dispatch-due.ts'
import type { CarrierEvent } from '../../src/application/ports/carrier.ts'
import { DAY, HOUR, MINUTE } from '../../src/domain/clock.ts'
import { accept, createFakeCarrier, type FakeCarrier, withCarriers } from '../harness/fake-carrier.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const HOST = { kind: 'host' } as const
const AMIRA = '+447700900101'
const TEXT = { plan: [{ after: 'PT0S', channels: ['sms' as const] }] }
const CALLS = {
  plan: [
    { after: 'PT0S', channels: ['voice' as const] },
    { after: 'PT3M', channels: ['voice' as const] },
  ],
}

describe('whoever may have received an alert receives its end', () => {
  let rig: Rig
  let first: FakeCarrier
  let deps: Deps

  beforeEach(async () => {
    rig = await startRig()
    first = createFakeCarrier('first', ['sms', 'voice'])
    deps = withCarriers(rig.deps, first)
    await rig.importPeople(`id,name,mobile\nA,Amira Khan,${AMIRA}`)
  })
  afterEach(() => rig.close())

  const pass = (ms: number) => rig.clock.advance(ms, async () => {})
  const report = (state: string, number = 0, error: object = {}) => {
    const attemptId = first.sent[number]?.attemptId ?? ''
    const event = { kind: 'status', attemptId, providerId: `provider-${attemptId}`, state, ...error } as CarrierEvent
    return receiveEvent(deps, first, event)
  }
  const raise = async (template: object) => {
    await rig.saveTemplate(template)
    const { id } = await rig.raise()
    await dispatchDue(deps)
    return id
  }
  const end = async (id: string) => {
    await closeAlert(deps, HOST, id)
    await pass(MINUTE)
    await dispatchDue(deps)
    return first.sent
      .filter(({ purpose }) => purpose !== 'alert')
      .map(({ purpose, address }) => `${purpose} ${address}`)
  }
  const allClear = [`all_clear ${AMIRA}`]

  it('also when the carrier never said whether it took the message', async () => {
    first.answer = () => ({ outcome: 'retryLater', code: 'c', reason: 'no answer', uncertain: true })
    const id = await raise(TEXT)
    first.answer = accept
    expect(await end(id)).toEqual(allClear)
  })

  it('but not when no connection was ever made', async () => {
    first.answer = () => ({ outcome: 'retryLater', code: 'c', reason: 'refused', uncertain: false })
    const id = await raise(TEXT)
    expect(await end(id)).toEqual([])
    expect((await rig.recipients(id))[0]?.unreachable).toBe('sms: refused')
  })

  it('also when only the second call to the same number was answered', async () => {
    const id = await raise(CALLS)
    first.answer = accept
    await report('failed', 0, { error: { code: 'c', reason: 'no answer', permanent: false } })
    await pass(3 * MINUTE)
    await dispatchDue(deps)
    await report('answered', 1)
    expect(await end(id)).toEqual(allClear)
  })

  it('also when a carrier that took it says later that it does not know what became of it', async () => {
    const id = await raise(TEXT)
    await report('failed', 0, { error: { code: '30008', reason: 'unknown', permanent: false } })
    expect(await end(id)).toEqual(allClear)
  })

  it('also at a number that was corrected meanwhile', async () => {
    const id = await raise(TEXT)
    await rig.importPeople('id,name,mobile\nA,Amira Khan,+447700900102')
    await dispatchDue(deps)
    expect(await end(id)).toContain(`all_clear ${AMIRA}`)
  })

  it('also when the person was removed meanwhile', async () => {
    const id = await raise(TEXT)
    const [person] = await deps.store.people.all()
    await rig.ask(`/api/v1/people/${person?.id}`, { method: 'DELETE', as: await rig.key('administrator') })
    expect(await end(id)).toEqual(allClear)
  })

  it('also when nobody closes it, in words that claim no all-clear', async () => {
    await raise({ ...TEXT, lifetime: 'PT2H' })
    await pass(2 * HOUR + 1)
    await dispatchDue(deps)
    expect(first.sent.map(({ purpose }) => purpose)).toEqual(['alert', 'expired'])
  })

  it('but nobody is told weeks later that it is over', async () => {
    const id = await raise(TEXT)
    first.answer = () => ({ outcome: 'retryLater', code: 'c', reason: 'down', uncertain: false })
    await end(id)
    const tried = first.sent.length
    await pass(2 * DAY)
    await dispatchDue(deps)
    await pass(DAY)
    await dispatchDue(deps)
    expect(first.sent).toHaveLength(tried)
  })
})

describe('a corrected number', () => {
  let rig: Rig
  let carrier: FakeCarrier
  let deps: Deps

  beforeEach(async () => {
    rig = await startRig()
    carrier = createFakeCarrier('first', ['sms', 'voice'])
    deps = withCarriers(rig.deps, carrier)
    await rig.importPeople(`id,name,mobile\nA,Amira Khan,${AMIRA}`)
    await rig.saveTemplate(TEXT)
  })
  afterEach(() => rig.close())

  it('helps at once whom nothing could reach before', async () => {
    carrier.answer = () => ({ outcome: 'refused', code: 'c', reason: 'not a mobile', blame: 'address' })
    const { id } = await rig.raise()
    await dispatchDue(deps)
    expect((await rig.recipients(id))[0]?.unreachable).toBe('sms: not a mobile')
    carrier.answer = accept
    await rig.importPeople('id,name,mobile\nA,Amira Khan,+447700900102')
    await dispatchDue(deps)
    expect(carrier.sent.at(-1)?.address).toBe('+447700900102')
    expect((await rig.recipients(id))[0]).toMatchObject({ rung: 'accepted' })
    expect((await rig.recipients(id))[0]?.unreachable).toBeUndefined()
  })

  it('gets the alert although the old one took it: somebody else may have that phone', async () => {
    await rig.raise()
    await dispatchDue(deps)
    await rig.importPeople('id,name,mobile\nA,Amira Khan,+447700900102')
    await dispatchDue(deps)
    expect(carrier.sent.map(({ address }) => address)).toEqual([AMIRA, '+447700900102'])
  })
})

describe('what is shown of a message', () => {
  let rig: Rig
  let first: FakeCarrier
  let second: FakeCarrier
  let deps: Deps

  beforeEach(async () => {
    rig = await startRig()
    first = createFakeCarrier('first', ['sms'])
    second = createFakeCarrier('second', ['sms', 'voice'])
    deps = withCarriers(rig.deps, first, second)
    await rig.importPeople(`id,name,mobile\nA,Amira Khan,${AMIRA}`)
    await rig.saveTemplate({
      plan: [
        { after: 'PT0S', channels: ['sms'] },
        { after: 'PT10M', channels: ['voice'] },
      ],
    })
  })
  afterEach(() => rig.close())

  const text = (carrier: FakeCarrier, words: string, optOut: 'stop' | null = null) =>
    receiveEvent(deps, carrier, {
      kind: 'text',
      messageId: words,
      from: AMIRA,
      to: '+12025550100',
      text: words,
      optOut,
    })

  it('keeps a refusal that overtook the carrier’s own answer, with its reason', async () => {
    const { id } = await rig.raise()
    first.answer = async (message) => {
      await receiveEvent(deps, first, {
        kind: 'status',
        attemptId: message.attemptId,
        providerId: `provider-${message.attemptId}`,
        state: 'failed',
        error: { code: '30005', reason: 'unknown handset', permanent: true },
      })
      return accept(message)
    }
    second.answer = () => ({ outcome: 'refused', code: 'v', reason: 'not in service', blame: 'address' })
    await dispatchDue(deps)
    expect((await rig.recipients(id))[0]?.unreachable).toBe('sms: unknown handset; voice: not in service')
  })

  it('starts the call at once for whom the carrier’s sender is told to stop, also with a second carrier', async () => {
    await rig.raise()
    await dispatchDue(deps)
    expect(first.sent).toHaveLength(1)
    await text(first, 'STOP', 'stop')
    await dispatchDue(deps)
    expect(second.sent.map(({ channel }) => channel)).toEqual(['voice'])
  })

  it('does not change for what another carrier says of it', async () => {
    const { id } = await rig.raise()
    await dispatchDue(deps)
    const attemptId = first.sent[0]?.attemptId ?? ''
    await receiveEvent(deps, second, { kind: 'status', attemptId, providerId: 'x', state: 'delivered' })
    await receiveEvent(deps, first, { kind: 'status', attemptId, providerId: 'another', state: 'delivered' })
    expect((await rig.recipients(id))[0]?.rung).toBe('accepted')
  })

  it('is never more urgent than one address that cannot be unsealed: the others are sent all the same', async () => {
    await rig.importPeople('id,name,mobile\nA,Amira Khan,+447700900101\nB,Ben Okoro,+447700900102')
    const [point] = await deps.store.people.all()
    const broken = point?.contactPoints.find(({ kind }) => kind === 'sms')?.id
    await deps.store.commit([
      { sql: "update contact_points set address_sealed = 'x.damaged' where id = ?", params: [broken] },
    ])
    await rig.raise()
    await dispatchDue(deps)
    expect(first.sent).toHaveLength(1)
  })
})
