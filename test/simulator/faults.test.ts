import { afterEach, beforeEach, expect, test } from 'vitest'
import { ACCOUNT, type Rig, SENDER, startRig } from './rig.ts'

const PHONE = '+447700900123'
let rig: Rig

beforeEach(async () => {
  rig = await startRig()
})
afterEach(() => rig.stop())

const send = () =>
  rig.client.messages.create({
    to: PHONE,
    from: SENDER,
    body: 'Hello',
    statusCallback: 'https://app.example.org/status',
  })
const statuses = () => rig.received.map(({ params }) => params.MessageStatus)

test('callbacks overtake each other when told to, and none is lost', async () => {
  rig.simulator.setFaults({ shuffleCallbacks: true })
  await send()
  await rig.advance(20_000)
  expect(statuses()).toEqual(['sent', 'queued', 'delivered'])
})

test('callbacks come twice when told to, the second with the same token', async () => {
  rig.simulator.setFaults({ duplicateCallbacks: true })
  await send()
  await rig.advance(20_000)
  expect(statuses().toSorted()).toEqual(['delivered', 'delivered', 'queued', 'queued', 'sent', 'sent'])
  expect(new Set(rig.received.map(({ headers }) => headers.get('I-Twilio-Idempotency-Token'))).size).toBe(3)
})

test('a carrier that is down takes nothing and says 503', async () => {
  rig.simulator.setFaults({ down: true })
  await expect(send()).rejects.toMatchObject({ status: 503 })
  expect(rig.simulator.messages()).toHaveLength(0)
})

test('faults limited to another account leave this one alone', async () => {
  rig.simulator.setFaults({ down: true, onlyAccount: `AC${'9'.repeat(32)}` })
  await expect(send()).resolves.toMatchObject({ accountSid: ACCOUNT })
})

test('an error before the work leaves nothing behind, a lost answer leaves the text sent', async () => {
  rig.simulator.setFaults({ status5xx: 1 })
  await expect(send()).rejects.toMatchObject({ status: 500, code: 20500 })
  expect(rig.simulator.messages()).toHaveLength(0)
  rig.simulator.setFaults({ status5xx: 0, lostAnswers: 1 })
  await expect(send()).rejects.toMatchObject({ status: 502 })
  expect(rig.simulator.messages()).toHaveLength(1)
})

test('texts fail with 30008 when told to', async () => {
  rig.simulator.setFaults({ smsFailRate: 1 })
  await send()
  await rig.advance(20_000)
  expect(rig.received.at(-1)?.params).toMatchObject({ MessageStatus: 'failed', ErrorCode: '30008' })
})

test('a late answer comes only after its time', async () => {
  rig.simulator.setFaults({ delayMs: 5_000 })
  let answered = false
  const body = new URLSearchParams({ To: PHONE, From: SENDER, Body: 'Hello' })
  const headers = { Authorization: `Basic ${btoa(`${ACCOUNT}:invented-token`)}` }
  const path = `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`
  const answer = Promise.resolve(rig.simulator.app.request(path, { method: 'POST', headers, body })).then(
    (response) => {
      answered = true
      return response.status
    },
  )
  while (rig.simulator.messages().length === 0) await new Promise((resolve) => setImmediate(resolve))
  await rig.advance(4_000)
  expect(answered).toBe(false)
  await new Promise((resolve) => setImmediate(resolve))
  await rig.advance(6_000)
  expect(await answer).toBe(201)
})

test('a webhook that does not answer is noted as 11205 and stops nobody', async () => {
  const silent = await startRig({ fetch: () => new Promise(() => {}) })
  silent.simulator.phones.text(PHONE, 'hello', SENDER)
  await silent.clock.advance(16_000, () => new Promise((resolve) => setImmediate(resolve)))
  await silent.simulator.settle()
  expect(silent.simulator.debuggerEvents().map(({ code }) => code)).toEqual([11205])
  await silent.stop()
})
