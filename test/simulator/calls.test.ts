import twilio from 'twilio'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Rig, response, SENDER, startRig, TOKEN } from './rig.ts'

const PHONE = '+447700900123'
const URLS = { url: 'https://app.example.org/call', statusCallback: 'https://app.example.org/status' }
const EVENTS = ['initiated', 'ringing', 'answered', 'completed']
const ASK = response(
  '<Gather numDigits="1" action="/key"><Say>This is a long message about the fire in hall three. Press 1 if you are safe.</Say></Gather><Say>Goodbye.</Say>',
)
let rig: Rig

beforeEach(async () => {
  rig = await startRig()
  rig.answers.set('/call', () => ASK)
  rig.answers.set('/key', ({ Digits }) => response(`<Say>You pressed ${Digits}.</Say><Hangup/>`))
})
afterEach(() => rig.stop())

const call = (more = {}) =>
  rig.client.calls.create({ to: PHONE, from: SENDER, statusCallbackEvent: EVENTS, ...URLS, ...more })
const progress = () => rig.received.filter(({ url }) => url.endsWith('/status')).map(({ params }) => params.CallStatus)
const phones = () => rig.simulator.phones

describe('a call placed with the official SDK', () => {
  test("a key pressed while the message is still playing reaches the gather's action", async () => {
    const { sid } = await call()
    await rig.advance(1_000)
    expect(phones().get(PHONE).state).toBe('ringing')
    expect(phones().answer(PHONE)).toBe(true)
    await rig.advance(1_000)
    expect(phones().get(PHONE).subtitles.at(-1)).toContain('fire in hall three')
    phones().press(PHONE, '1')
    await rig.simulator.settle()
    expect(rig.received.find(({ url }) => url.endsWith('/key'))?.params).toMatchObject({ Digits: '1', CallSid: sid })
    expect(phones().get(PHONE).subtitles.at(-1)).toBe('You pressed 1.')
    await rig.advance(5_000)
    expect(progress()).toEqual(['initiated', 'ringing', 'in-progress', 'completed'])
    const ended = await rig.client.calls(sid).fetch()
    expect([ended.status, Number(ended.duration) > 0]).toEqual(['completed', true])
    expect(phones().get(PHONE).state).toBe('idle')
  })

  test('asks for its markup with the parameters and the signature of the provider', async () => {
    await call()
    await rig.advance(1_000)
    phones().answer(PHONE)
    await rig.simulator.settle()
    const asked = rig.received.find(({ url }) => url.endsWith('/call'))
    const { url = '', params = {}, headers } = asked ?? {}
    expect(params).toMatchObject({ CallStatus: 'in-progress', Direction: 'outbound-api', From: SENDER, To: PHONE })
    expect(twilio.validateRequest(TOKEN, headers?.get('X-Twilio-Signature') ?? '', url, params)).toBe(true)
  })

  test('that nobody answers ends as no-answer after its timeout', async () => {
    await call({ timeout: 20 })
    await rig.advance(25_000)
    expect(progress()).toEqual(['initiated', 'ringing', 'no-answer'])
  })

  test('without a key goes on after the gather and hangs up by itself', async () => {
    await call()
    await rig.advance(1_000)
    phones().answer(PHONE)
    await rig.advance(20_000)
    expect(progress().at(-1)).toBe('completed')
    expect(rig.received.some(({ url }) => url.endsWith('/key'))).toBe(false)
  })

  test.each([
    ['busy', 'busy'],
    ['call-fails', 'failed'],
    ['no-answer', 'no-answer'],
    ['unreachable', 'no-answer'],
  ] as const)('to a phone that is %s ends as %s and never asks for markup', async (behaviour, status) => {
    phones().set(PHONE, { behaviour })
    await call({ timeout: 15 })
    await rig.advance(20_000)
    expect(progress().at(-1)).toBe(status)
    expect(rig.received.some(({ url }) => url.endsWith('/call'))).toBe(false)
  })

  test.each([
    ['Enable', 'machine_start'],
    ['DetectMessageEnd', 'machine_end_beep'],
  ])('that a voicemail takes tells %s callers %s before the markup is asked for', async (machineDetection, verdict) => {
    phones().set(PHONE, { behaviour: 'voicemail' })
    await call({ machineDetection })
    await rig.advance(60_000)
    expect(rig.received.find(({ url }) => url.endsWith('/call'))?.params.AnsweredBy).toBe(verdict)
    expect(rig.received.some(({ url }) => url.endsWith('/key'))).toBe(false)
  })

  test('that a person takes is told as human', async () => {
    await call({ machineDetection: 'Enable' })
    await rig.advance(1_000)
    phones().answer(PHONE)
    await rig.advance(2_000)
    expect(rig.received.find(({ url }) => url.endsWith('/call'))?.params.AnsweredBy).toBe('human')
  })

  test.each([
    ['markup that is not well-formed', (): string => '<Response><Say>Fire & smoke</Response>', 12100],
    ['an error page', (): Response => new Response('oops', { status: 500 }), 11200],
    [
      'something that is no markup',
      (): Response => new Response('{}', { headers: { 'Content-Type': 'application/json' } }),
      12300,
    ],
  ] as const)('that meets %s apologises, ends, and leaves %i in the debugger', async (_what, answer, code) => {
    rig.answers.set('/call', answer)
    const { sid } = await call()
    await rig.advance(1_000)
    phones().answer(PHONE)
    await rig.simulator.settle()
    expect(phones().get(PHONE).subtitles.at(-1)).toContain('application error')
    await rig.advance(10_000)
    expect((await rig.client.calls(sid).fetch()).status).toBe('completed')
    expect(rig.simulator.debuggerEvents().map((event) => event.code)).toContain(code)
  })

  test('follows a redirect relative to the document it stands in', async () => {
    rig.answers.set('/call', () => response('<Pause length="1"/><Redirect>next?step=2</Redirect>'))
    rig.answers.set('/next', () => response('<Say>Second page.</Say><Pause length="60"/>'))
    await call()
    await rig.advance(1_000)
    phones().answer(PHONE)
    await rig.advance(2_000)
    expect(rig.received.at(-1)?.url).toBe('https://app.example.org/next?step=2')
    expect(phones().get(PHONE).subtitles.at(-1)).toBe('Second page.')
  })

  test('that redirects to itself for ever is ended', async () => {
    rig.answers.set('/call', () => response('<Redirect/>'))
    await call()
    await rig.advance(1_000)
    phones().answer(PHONE)
    await rig.simulator.settle()
    expect(progress().at(-1)).toBe('completed')
  })

  test('can be cancelled while it rings and ended while it talks', async () => {
    const first = await call()
    await rig.advance(1_000)
    expect((await rig.client.calls(first.sid).update({ status: 'canceled' })).status).toBe('canceled')
    const second = await call()
    await rig.advance(1_000)
    phones().answer(PHONE)
    await rig.simulator.settle()
    expect((await rig.client.calls(second.sid).update({ status: 'completed' })).status).toBe('completed')
    expect((await rig.client.calls.list({ to: PHONE })).map(({ status }) => status)).toEqual(['completed', 'canceled'])
  })

  test.each([
    ['21211', { to: 'the boss' }],
    ['21217', { to: '+44' }],
    ['21210', { from: '+12025550199' }],
    ['21212', { from: 'Tocsin' }],
    ['13227', { to: '+85021234567' }],
    ['21205', { url: 'not a url' }],
  ])('is refused with %s where the provider would', async (code, fields) => {
    await expect(call(fields)).rejects.toMatchObject({ code: Number(code) })
  })

  test('runs markup given in the request, dials the extension, and collects digits up to the finishing key', async () => {
    const twiml = response(
      '<Gather action="https://app.example.org/key" finishOnKey="#"><Say>Your code?</Say></Gather>',
    )
    await rig.client.calls.create({ to: PHONE, from: SENDER, twiml, sendDigits: 'ww136' })
    await rig.advance(1_000)
    phones().answer(PHONE)
    phones().press(PHONE, '4821#')
    await rig.simulator.settle()
    expect(phones().get(PHONE).subtitles[0]).toBe('(dials ww136)')
    expect(rig.received.at(-1)?.params.Digits).toBe('4821')
  })
})

describe('a phone that rings one of our numbers', () => {
  test('hears the webhook and answers by key', async () => {
    rig.answers.set('/voice', () => ASK)
    expect(phones().ring(PHONE, SENDER)).toBe(true)
    await rig.simulator.settle()
    expect(rig.received[0]?.params).toMatchObject({
      Direction: 'inbound',
      CallStatus: 'ringing',
      From: PHONE,
      To: SENDER,
    })
    expect(phones().get(PHONE).state).toBe('talking')
    phones().press(PHONE, '1')
    await rig.simulator.settle()
    expect(rig.received.at(-1)?.params).toMatchObject({ Digits: '1', CallStatus: 'in-progress' })
  })

  test('can hang up, and is free again', async () => {
    rig.answers.set('/voice', () => ASK)
    phones().ring(PHONE, SENDER)
    await rig.simulator.settle()
    expect(phones().hangUp(PHONE)).toBe(true)
    expect(phones().get(PHONE).state).toBe('idle')
    expect(rig.simulator.calls().at(-1)?.status).toBe('completed')
  })
})
