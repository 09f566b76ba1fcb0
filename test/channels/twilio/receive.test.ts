import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { describe, expect, test } from 'vitest'
import type { CallbackRequest } from '../../../src/application/ports/carrier.ts'
import { Problem } from '../../../src/domain/errors.ts'
import { carrierAnswering, taken } from './carrier-rig.ts'

interface SignedRow {
  id: string
  url_twilio_signed: string
  params: Record<string, string>
  x_twilio_signature: string
}
const TOKEN = 'example-auth-token-not-real-0001'
const { rows }: { rows: SignedRow[] } = JSON.parse(readFileSync('test/fixtures/cases/case-17-signatures.json', 'utf8'))
const row = (id: string) => {
  const found = rows.find((candidate) => candidate.id === id)
  if (!found) throw new Error(`no row ${id}`)
  return found
}
const { carrier } = carrierAnswering(taken)
const receive = (request: CallbackRequest) => carrier.receive?.(request)

const POSTED = { method: 'POST', token: null, source: null } as const
const signedAs = (id: string, base: string, change: Partial<CallbackRequest> = {}): CallbackRequest => {
  const { url_twilio_signed, params, x_twilio_signature } = row(id)
  return {
    ...POSTED,
    url: base + url_twilio_signed.replace(/^https:\/\/[^/]+/, ''),
    topic: url_twilio_signed.endsWith('/sms') ? 'sms' : 'voice',
    headers: new Headers({ 'X-Twilio-Signature': x_twilio_signature }),
    body: new URLSearchParams(params).toString(),
    ...change,
  }
}
const genuine = (topic: string, form: Record<string, string> | string[][], query = ''): CallbackRequest => {
  const url = `https://alerts.example.org/callbacks/first/${topic}${query}`
  const body = new URLSearchParams(form)
  const params = Object.fromEntries([...new Set(body.keys())].map((key) => [key, body.getAll(key)]))
  const signature = getExpectedTwilioSignature(TOKEN, url, params)
  const headers = new Headers({ 'X-Twilio-Signature': signature })
  return { ...POSTED, url, topic, headers, body: body.toString() }
}

describe('a callback is proven before it is read (reported failure 17)', () => {
  test.each([
    ['17a', 'https://alerts.example.org'],
    ['17b', 'https://alerts.example.org:8443'],
    ['17c', 'https://alerts.example.org:8443'],
    ['17d', 'https://alerts.example.org'],
    ['17e', 'https://alerts.example.org'],
  ])('%s is genuine at the configured base %s', (id, base) => {
    expect(receive(signedAs(id, base))).toMatchObject({ kind: id < '17d' ? 'text' : 'call' })
  })

  test('the text and the key arrive as they were sent', () => {
    expect(receive(signedAs('17a', 'https://alerts.example.org'))).toEqual({
      kind: 'text',
      messageId: 'SM00000000000000000000000000000001',
      from: '+33639981234',
      to: '+12025550100',
      text: 'OUI 4821 – c’est bon',
      optOut: null,
    })
    expect(receive(signedAs('17d', 'https://alerts.example.org'))).toEqual({
      kind: 'call',
      callId: 'CA00000000000000000000000000000001',
      direction: 'outbound',
      number: '+447700900123',
      attemptId: '2',
      turn: null,
      digits: '1',
      machine: false,
    })
  })

  test.each([
    ['a body with one letter changed', { body: new URLSearchParams({ ...row('17a').params, Body: 'NUI' }).toString() }],
    ['no signature', { headers: new Headers() }],
    ['an empty signature', { headers: new Headers({ 'X-Twilio-Signature': '' }) }],
    ['a signature of the wrong length', { headers: new Headers({ 'X-Twilio-Signature': 'YQ==' }) }],
    ['another base', { url: 'https://evil.example.net/webhooks/twilio/sms' }],
    ['a lost scheme', { url: 'http://alerts.example.org/webhooks/twilio/sms' }],
    ['another path', { url: 'https://alerts.example.org/webhooks/twilio/voice' }],
    ['no address', { url: 'not an address' }],
    ['one more field', { body: `${new URLSearchParams(row('17a').params)}&Extra=1` }],
  ])('%s proves nothing', (_what, change) => {
    expect(receive(signedAs('17a', 'https://alerts.example.org', change))).toBeNull()
  })

  test('a sorted query is another query', () => {
    const url =
      'https://alerts.example.org/webhooks/twilio/voice/gather?alert=7&attempt=2&msg=Couldn%27t+reach+post+B&node=3'
    expect(receive(signedAs('17d', 'https://alerts.example.org', { url }))).toBeNull()
  })

  test('repeated keys are signed as the provider signs them', () => {
    const form = [
      ['MessageSid', 'SM1'],
      ['From', '+33639981234'],
      ['To', '+12025550100'],
      ['Body', 'hello'],
      ['MediaUrl', 'b'],
      ['MediaUrl', 'a'],
    ]
    expect(receive(genuine('sms', form))).toMatchObject({ kind: 'text', text: 'hello' })
  })

  test('nothing that is not signed gets an event, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.webUrl(), fc.base64String(), (body, url, signature) => {
        const headers = new Headers({ 'X-Twilio-Signature': signature })
        expect(receive({ ...POSTED, url, topic: 'sms', headers, body })).toBeNull()
      }),
    )
  })
})

describe('a text that a person sent', () => {
  const form = { MessageSid: 'SM1', From: '+447700900123', To: '+12025550100', Body: 'STOP' }

  test('tells what the provider itself made of it', () => {
    expect(receive(genuine('sms', { ...form, OptOutType: 'STOP' }))).toMatchObject({ optOut: 'stop' })
    expect(receive(genuine('sms', { ...form, OptOutType: 'START' }))).toMatchObject({ optOut: 'start' })
    expect(receive(genuine('sms', { ...form, OptOutType: 'HELP' }))).toMatchObject({ optOut: null })
    expect(receive(genuine('sms', form))).toMatchObject({ optOut: null, text: 'STOP' })
  })

  test.each(['MessageSid', 'From', 'To'])('without %s is refused by name', (field) => {
    const request = genuine('sms', { ...form, [field]: '' })
    expect(() => receive(request)).toThrow(Problem)
    expect(() => receive(request)).toThrow(expect.objectContaining({ code: 'callback.malformed', field }))
  })

  test('may be a picture without words', () => {
    expect(receive(genuine('sms', { ...form, Body: '', NumMedia: '1' }))).toMatchObject({ text: '' })
  })
})

describe('a report on a text', () => {
  const report = (MessageStatus: string, more = {}) =>
    receive(genuine('status', { MessageSid: 'SM1', MessageStatus, ...more }, '?attempt=0197.1'))

  test.each([
    ['queued', 'sent'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'delivered'],
  ])('%s is %s', (status, state) => {
    expect(report(status)).toEqual({ kind: 'status', attemptId: '0197.1', providerId: 'SM1', state })
  })

  test.each([
    ['30003', false, undefined],
    ['30005', true, undefined],
    ['30006', true, undefined],
    ['30007', false, undefined],
    ['30008', false, undefined],
    ['30022', false, undefined],
    ['30032', false, undefined],
    ['30034', false, undefined],
    ['30041', false, undefined],
    ['21610', true, true],
    ['31999', false, undefined],
  ])('undelivered with %s is permanent: %s', (code, permanent, optedOut) => {
    expect(report('undelivered', { ErrorCode: code })).toMatchObject({
      state: 'failed',
      error: { code: `twilio.${code}`, permanent, ...(optedOut ? { optedOut } : {}) },
    })
  })

  test('of no known kind is refused by name', () => {
    expect(() => report('teleported')).toThrow(expect.objectContaining({ field: 'MessageStatus' }))
    const nothing = genuine('status', { MessageSid: 'SM1' })
    expect(() => receive(nothing)).toThrow(expect.objectContaining({ field: 'MessageStatus' }))
  })

  test('may lack an attempt, when the message was not one of ours', () => {
    expect(receive(genuine('status', { SmsSid: 'SM1', SmsStatus: 'sent' }))).toMatchObject({ attemptId: null })
  })

  test('to no known address is refused', () => {
    expect(() => receive(genuine('fax', { a: '1' }))).toThrow(expect.objectContaining({ field: 'topic' }))
  })
})

describe('a call', () => {
  const reported = readFileSync('test/fixtures/cases/case-26-voicemail.forms', 'utf8').trim().split('\n')
  const formOf = (line: string) => Object.fromEntries(new URLSearchParams(line))

  test('that a mailbox took is never an answer (reported failure 26)', () => {
    const [start = '', beep = '', over = '', unknown = ''] = reported
    for (const line of [start, beep]) {
      expect(receive(genuine('voice', formOf(line), '?attempt=0197.1'))).toMatchObject({
        kind: 'call',
        number: '+447700900141',
        machine: true,
        digits: null,
      })
    }
    expect(receive(genuine('status', formOf(over), '?attempt=0197.1'))).toMatchObject({ state: 'voicemail' })
    expect(receive(genuine('status', formOf(unknown), '?attempt=0197.1'))).toEqual({
      kind: 'status',
      attemptId: '0197.1',
      providerId: 'CA00000000000000000000000000000042',
      state: 'ended',
    })
  })

  test.each([
    ['busy', {}, false],
    ['no-answer', {}, false],
    ['canceled', {}, false],
    ['failed', {}, false],
    ['failed', { SipResponseCode: '404' }, true],
    ['failed', { SipResponseCode: '503' }, false],
  ])('that ends as %s %j tells whether another try can help', (CallStatus, more, permanent) => {
    const code = `twilio.call_${CallStatus.replace('-', '_')}`
    expect(receive(genuine('status', { CallSid: 'CA1', CallStatus, ...more }))).toMatchObject({
      state: 'failed',
      error: { code, permanent },
    })
  })

  test('that somebody places to us names the caller', () => {
    const form = { CallSid: 'CA1', From: '+447700900123', To: '+12025550100', Direction: 'inbound' }
    expect(receive(genuine('voice', form))).toEqual({
      kind: 'call',
      callId: 'CA1',
      direction: 'inbound',
      number: '+447700900123',
      attemptId: null,
      turn: null,
      digits: null,
      machine: false,
    })
    const key = genuine('voice', { ...form, Digits: '*' }, '?turn=answer.0197')
    expect(receive(key)).toMatchObject({ turn: 'answer.0197', digits: '*', direction: 'inbound' })
  })

  test('that was picked up or is on its way proves no more than that', () => {
    const report = (CallStatus: string, more = {}) =>
      receive(genuine('status', { CallSid: 'CA1', CallStatus, ...more }))
    expect(report('ringing')).toMatchObject({ state: 'sent' })
    expect(report('in-progress')).toMatchObject({ state: 'answered' })
    expect(report('in-progress', { AnsweredBy: 'machine_start' })).toMatchObject({ state: 'voicemail' })
    expect(() => report('flying')).toThrow(expect.objectContaining({ field: 'CallStatus' }))
  })
})
