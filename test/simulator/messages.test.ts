import twilio from 'twilio'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ACCOUNT, type Rig, response, SENDER, startRig, TOKEN } from './rig.ts'

const PHONE = '+447700900123'
const STATUS = 'https://app.example.org/status'
let rig: Rig

beforeEach(async () => {
  rig = await startRig()
})
afterEach(() => rig.stop())

const send = (fields: Partial<{ to: string; from: string; body: string }> = {}) =>
  rig.client.messages.create({
    to: PHONE,
    from: SENDER,
    body: 'Fire drill. Reply 1.',
    statusCallback: STATUS,
    ...fields,
  })

const statuses = () => rig.received.filter(({ url }) => url === STATUS).map(({ params }) => params.MessageStatus)

describe('a text sent with the official SDK', () => {
  test('arrives on the phone and its states are called back in order', async () => {
    const message = await send()
    expect(message.status).toBe('queued')
    expect(message.sid).toMatch(/^SM[0-9a-f]{32}$/)
    await rig.advance(2_000)
    expect(statuses()).toEqual(['queued', 'sent', 'delivered'])
    expect(rig.simulator.phones.get(PHONE).texts.map(({ text }) => text)).toEqual(['Fire drill. Reply 1.'])
    expect((await rig.client.messages(message.sid).fetch()).status).toBe('delivered')
  })

  test("carries callbacks signed so that the provider's own library accepts them", async () => {
    await send({ body: "C'est la fumée & l'alarme" })
    await rig.advance(2_000)
    expect(rig.received).toHaveLength(3)
    for (const { url, params, headers } of rig.received) {
      const signature = headers.get('X-Twilio-Signature') ?? ''
      expect(twilio.validateRequest(TOKEN, signature, url, params)).toBe(true)
      expect(twilio.validateRequest('another-token', signature, url, params)).toBe(false)
    }
  })

  test.each([
    [
      'a landline refuses a text with 21614 and the SDK raises it as the provider would',
      { to: '+442079460018' },
      21614,
    ],
    ['a number that cannot exist is refused with 21211', { to: '+44770' }, 21211],
    ['a sender the account does not own is refused with 21606', { from: '+12025550199' }, 21606],
    ['a sender that is no number is refused with 21212', { from: '+1' }, 21212],
    ['a missing text is refused with 21602', { body: '' }, 21602],
    ['a text of 1601 characters is refused with 21617', { body: 'x'.repeat(1601) }, 21617],
    ['a region without permission is refused with 21408', { to: '+85021234567' }, 21408],
    ['a reserved opted-out number is refused with 21610', { to: '+447700900992' }, 21610],
  ])('%s', async (_sentence, fields, code) => {
    await expect(send(fields)).rejects.toMatchObject({
      status: 400,
      code,
      moreInfo: `https://www.twilio.com/docs/errors/${code}`,
    })
    expect(rig.simulator.messages()).toHaveLength(0)
  })

  test('a text of exactly 1600 characters is taken', async () => {
    expect((await send({ body: 'x'.repeat(1600) })).numSegments).toBe('11')
  })

  test.each([
    ['unreachable', 'undelivered', '30003'],
    ['unknown-handset', 'undelivered', '30005'],
    ['late-landline', 'failed', '30006'],
    ['filtered', 'undelivered', '30007'],
    ['carrier-error', 'failed', '30008'],
  ] as const)('to a phone that is %s is taken first and reported %s with %s', async (behaviour, status, code) => {
    rig.simulator.phones.set(PHONE, { behaviour })
    const message = await send()
    await rig.advance(10_000)
    expect(statuses()).toEqual(['queued', 'sent', status])
    expect(rig.received.at(-1)?.params.ErrorCode).toBe(code)
    expect(rig.simulator.phones.get(PHONE).texts).toEqual([])
    expect((await rig.client.messages(message.sid).fetch()).errorCode).toBe(Number(code))
  })

  test('sent through a messaging service is accepted first and has a sender later', async () => {
    const service = 'MG0123456789abcdef0123456789abcdef'
    const message = await rig.client.messages.create({ to: PHONE, messagingServiceSid: service, body: 'Hello' })
    expect([message.status, message.from]).toEqual(['accepted', null])
    await rig.advance(2_000)
    expect((await rig.client.messages(message.sid).fetch()).from).toBe(SENDER)
  })

  test('is found again by its recipient and time when its answer was lost', async () => {
    rig.simulator.setFaults({ lostAnswers: 1 })
    await expect(send()).rejects.toMatchObject({ status: 502 })
    rig.simulator.setFaults({ lostAnswers: 0 })
    await send({ to: '+447700900124' })
    const found = await rig.client.messages.list({ to: PHONE, dateSentAfter: new Date(rig.clock.now() - 60_000) })
    expect(found.map(({ to, body }) => [to, body])).toEqual([[PHONE, 'Fire drill. Reply 1.']])
  })

  test('is listed page by page', async () => {
    for (let i = 0; i < 5; i++) await send({ body: `Text ${i}` })
    const all = await rig.client.messages.list({ pageSize: 2 })
    expect(all.map(({ body }) => body)).toEqual(['Text 4', 'Text 3', 'Text 2', 'Text 1', 'Text 0'])
  })
})

describe('a caller of the API', () => {
  test('with a wrong token is turned away with 20003', async () => {
    const stranger = twilio(ACCOUNT, 'wrong')
    stranger.api.baseUrl = rig.url
    await expect(stranger.messages.list()).rejects.toMatchObject({ status: 401, code: 20003 })
  })

  test('sees balance and account', async () => {
    expect(await rig.client.balance.fetch()).toMatchObject({ balance: '100.00', currency: 'USD' })
    expect(await rig.client.api.accounts(ACCOUNT).fetch()).toMatchObject({ sid: ACCOUNT, status: 'active' })
  })

  test('asking for a message that never was gets 20404', async () => {
    await expect(rig.client.messages(`SM${'0'.repeat(32)}`).fetch()).rejects.toMatchObject({ status: 404, code: 20404 })
  })
})

test('above the account rate the provider answers 429 with 20429, and a second later it takes texts again', async () => {
  const limited = await startRig({}, { smsPerSecond: 2 })
  const one = () => limited.client.messages.create({ to: PHONE, from: SENDER, body: 'Hello' })
  await one()
  await one()
  await expect(one()).rejects.toMatchObject({ status: 429, code: 20429 })
  await limited.advance(1_001)
  await expect(one()).resolves.toMatchObject({ status: 'queued' })
  await limited.stop()
})

describe('a phone that texts back', () => {
  test('reaches the webhook with a signature, and the answer appears in its thread', async () => {
    rig.answers.set('/sms', () => response('<Message>Thank you &amp; stay\nput.</Message>'))
    await send()
    await rig.advance(2_000)
    rig.simulator.phones.text(PHONE, '1')
    await rig.advance(2_000)
    const inbound = rig.received.find(({ url }) => url.endsWith('/sms'))
    expect(inbound?.params).toMatchObject({ From: PHONE, To: SENDER, Body: '1', SmsStatus: 'received', NumMedia: '0' })
    const signature = inbound?.headers.get('X-Twilio-Signature') ?? ''
    expect(twilio.validateRequest(TOKEN, signature, inbound?.url ?? '', inbound?.params ?? {})).toBe(true)
    expect(rig.simulator.phones.get(PHONE).texts.at(-1)?.text).toBe('Thank you & stay\nput.')
  })

  test.each(['STOP', ' Stop ', 'stop.', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'])(
    'a phone stopped by "%s" gets 21610 afterwards, until it sends START',
    async (word) => {
      rig.simulator.phones.text(PHONE, word, SENDER)
      await rig.simulator.settle()
      expect(rig.received.at(-1)?.params.OptOutType).toBe('STOP')
      await expect(send()).rejects.toMatchObject({ code: 21610 })
      await expect(send({ from: '+12025550101' })).resolves.toMatchObject({ status: 'queued' })
      rig.simulator.phones.text(PHONE, 'START', SENDER)
      await rig.simulator.settle()
      expect(rig.received.at(-1)?.params.OptOutType).toBe('START')
      await expect(send()).resolves.toMatchObject({ status: 'queued' })
    },
  )

  test.each(['STOP 4821', "I can't stop the pump - send help", 'YES'])('"%s" opts nobody out or in', async (text) => {
    rig.simulator.phones.text(PHONE, text, SENDER)
    await rig.simulator.settle()
    expect(rig.received.at(-1)?.params.OptOutType).toBeUndefined()
    await expect(send()).resolves.toMatchObject({ status: 'queued' })
  })

  test('an answer that is not well-formed is noted in the debugger as 12100 and shown to nobody', async () => {
    rig.answers.set('/sms', () => '<Response><Message>Fire & smoke</Message></Response>')
    rig.simulator.phones.text(PHONE, 'hello', SENDER)
    await rig.advance(2_000)
    expect(rig.simulator.debuggerEvents().map(({ code }) => code)).toEqual([12100])
    expect(rig.simulator.phones.get(PHONE).texts).toHaveLength(1)
  })
})
