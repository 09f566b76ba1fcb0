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

test.each([
  ['', [503], 'by itself it does not repeat what was refused'],
  ['#rc=2&rp=5xx', [503, 503, 503], 'as often as it is asked to'],
  ['#rc=9&rp=all', [503, 503, 503, 503, 503, 503], 'five times at most'],
  ['#rc=3&rp=4xx,ct', [503], 'not for another failure than is named'],
  ['#rc=3&rp=sometimes', [503], 'not where the policy is none'],
])('a webhook that ends in "%s" is asked %j when it refuses: %s', async (overrides, asked) => {
  const refusing = await startRig(
    { fetch: async () => new Response(null, { status: 503 }) },
    { smsWebhook: `https://app.example.org/sms${overrides}` },
  )
  refusing.simulator.phones.text(PHONE, 'hello', SENDER)
  await refusing.simulator.settle()
  expect(refusing.simulator.callbacks().map(({ status }) => status)).toEqual(asked)
  const codes = refusing.simulator.debuggerEvents().map(({ code }) => code)
  expect(codes.filter((code) => code !== 11200)).toEqual(overrides.includes('sometimes') ? [11243] : [])
  await refusing.stop()
})

test('a webhook that cannot be connected to is asked once more, with the same token and signature', async () => {
  const headers: (string | null)[][] = []
  const torn = await startRig({
    async fetch(request) {
      headers.push(['I-Twilio-Idempotency-Token', 'X-Twilio-Signature'].map((name) => request.headers.get(name)))
      throw new TypeError('connection refused')
    },
  })
  torn.simulator.phones.text(PHONE, 'hello', SENDER)
  await torn.simulator.settle()
  expect(headers).toHaveLength(2)
  expect(headers[1]).toEqual(headers[0])
  await torn.stop()
})
