import { describe, expect, test } from 'vitest'
import { createFetchHttpClient } from '../../../src/channels/twilio/fetch-http-client.ts'
import { sampleOutgoing } from '../sample-outgoing.ts'
import { carrierAnswering, taken } from './carrier-rig.ts'

const refusing = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  carrierAnswering(() => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers }))
const sendTo = async (status: number, body: unknown, headers?: Record<string, string>) =>
  refusing(status, body, headers).carrier.send(sampleOutgoing())

describe('handing over a text', () => {
  test('asks the provider to report on this attempt, again where that fails, and to forget it once it is of no use', async () => {
    const { carrier, sent } = carrierAnswering(taken)
    const result = await carrier.send(sampleOutgoing({ lifetime: 7_200 }))
    expect(result).toEqual({ outcome: 'accepted', providerId: 'SM00000000000000000000000000000001' })
    const [request] = sent
    expect(request?.url).toBe(
      'https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json',
    )
    expect(request?.method).toBe('POST')
    expect(request?.redirect).toBe('manual')
    expect(request?.headers.get('content-type')).toBe('application/x-www-form-urlencoded')
    expect(atob(request?.headers.get('authorization')?.replace('Basic ', '') ?? '')).toBe(
      'AC00000000000000000000000000000001:example-auth-token-not-real-0001',
    )
    expect(Object.fromEntries(request?.form ?? [])).toEqual({
      To: '+447700900123',
      From: '+12025550100',
      Body: expect.stringMatching(/^Northwind: Evacuate building A\n.*With code: 1 4821\nhttps:/s),
      StatusCallback:
        'https://alerts.example.org/callbacks/first/status?attempt=0197f5d0-0000-7000-8000-000000000001.1#rc=5&rp=ct,rt,5xx',
      ValidityPeriod: '7200',
    })
  })

  test.each([
    [5, '60'],
    [43_200, '36000'],
    [61.7, '61'],
  ])('keeps a lifetime of %d s within what the provider takes', async (lifetime, expected) => {
    const { carrier, sent } = carrierAnswering(taken)
    await carrier.send(sampleOutgoing({ lifetime }))
    expect(sent[0]?.form.get('ValidityPeriod')).toBe(expected)
  })

  test('lets a messaging service choose the number, at a base of its own', async () => {
    const messagingServiceSid = 'MG00000000000000000000000000000001'
    const apiBaseUrl = 'https://api.example.net/'
    const { carrier, sent } = carrierAnswering(taken, { messagingServiceSid, apiBaseUrl })
    await carrier.send(sampleOutgoing())
    expect(sent[0]?.url).toMatch(/^https:\/\/api\.example\.net\/2010-04-01\//)
    expect(sent[0]?.form.get('MessagingServiceSid')).toBe(messagingServiceSid)
    expect(sent[0]?.form.has('From')).toBe(false)
  })

  test('needs a number to send from', () => {
    expect(() => carrierAnswering(taken, { from: undefined })).toThrow(/needs "from"/)
    const messagingServiceSid = 'MG00000000000000000000000000000001'
    expect(() => carrierAnswering(taken, { from: undefined, messagingServiceSid })).toThrow(/needs "from"/)
    expect(() => carrierAnswering(taken, { from: undefined, messagingServiceSid, channels: ['sms'] })).not.toThrow()
  })

  test('knows its rates only where they are configured', () => {
    const { carrier } = carrierAnswering(taken, { smsPerSecond: 10 })
    expect([carrier.perSecond('sms'), carrier.perSecond('voice')]).toEqual([10, null])
  })
})

describe('placing a call', () => {
  test('waits for a mailbox to finish its greeting and does not take a pick-up for news', async () => {
    const { carrier, sent } = carrierAnswering(taken)
    await carrier.send(sampleOutgoing({ channel: 'voice' }))
    expect(sent[0]?.url).toContain('/Calls.json')
    expect(Object.fromEntries(sent[0]?.form ?? [])).toEqual({
      To: '+447700900123',
      From: '+12025550100',
      Url: 'https://alerts.example.org/callbacks/first/voice?attempt=0197f5d0-0000-7000-8000-000000000001.1#rc=5&rp=ct,rt,5xx',
      StatusCallback:
        'https://alerts.example.org/callbacks/first/status?attempt=0197f5d0-0000-7000-8000-000000000001.1#rc=5&rp=ct,rt,5xx',
      StatusCallbackEvent: 'completed',
      MachineDetection: 'DetectMessageEnd',
      Timeout: '30',
      TimeLimit: '600',
    })
  })

  test.each([
    ['136', 'WW136'],
    ['12#', 'WW12#'],
    [',,136', 'WWWW136'],
    ['poste 12', 'WWW12'],
    ['1'.repeat(60), `WW${'1'.repeat(30)}`],
  ])('dials the extension %s after pick-up', async (extension, expected) => {
    const { carrier, sent } = carrierAnswering(taken)
    await carrier.send(sampleOutgoing({ channel: 'voice', extension }))
    expect(sent[0]?.form.get('SendDigits')).toBe(expected)
    expect(sent[0]?.form.has('MachineDetection')).toBe(false)
  })

  test('never puts a raw quote, plus or space into an address of ours', async () => {
    const { carrier, sent } = carrierAnswering(taken, { name: "O'Brien + co" })
    await carrier.send(sampleOutgoing({ channel: 'voice', attemptId: "a'b+c d(1)" }))
    expect(sent[0]?.form.get('Url')).toBe(
      'https://alerts.example.org/callbacks/O%27Brien%20%2B%20co/voice?attempt=a%27b%2Bc%20d%281%29#rc=5&rp=ct,rt,5xx',
    )
  })
})

describe('what the provider refuses', () => {
  test.each([
    [400, 21610, { outcome: 'refused', blame: 'address', optedOut: true }],
    [400, 21211, { outcome: 'refused', blame: 'address' }],
    [400, 21614, { outcome: 'refused', blame: 'address' }],
    [400, 21612, { outcome: 'refused', blame: 'sender' }],
    [400, 21704, { outcome: 'refused', blame: 'sender' }],
    [400, 21216, { outcome: 'refused', blame: 'sender' }],
    [429, 10004, { outcome: 'retryLater' }],
    [400, 21408, { outcome: 'refused', blame: 'sender' }],
    [400, 21606, { outcome: 'refused', blame: 'sender' }],
    [400, 21603, { outcome: 'refused', blame: 'sender' }],
    [400, 21617, { outcome: 'refused', blame: 'message' }],
    [400, 21602, { outcome: 'refused', blame: 'message' }],
    [429, 20429, { outcome: 'retryLater' }],
    [401, 20003, { outcome: 'retryLater' }],
    [400, 30001, { outcome: 'retryLater' }],
    [500, 20500, { outcome: 'retryLater' }],
    [400, 99999, { outcome: 'refused', blame: 'sender' }],
  ])('HTTP %d with error %d is told by whose fault it is', async (status, code, expected) => {
    const message = 'words of the provider'
    const result = await sendTo(status, { code, message, status })
    expect(result).toEqual({ ...expected, code: `twilio.${code}`, reason: message })
  })

  test.each([502, 503, 408, 429])('HTTP %d without a word of explanation is tried again', async (status) => {
    expect(await sendTo(status, '<html>bad gateway</html>')).toMatchObject({
      outcome: 'retryLater',
      code: `twilio.http_${status}`,
    })
  })

  test('a wait that the provider names is kept, in seconds or as a date', async () => {
    const body = { code: 20429, message: 'Too Many Requests' }
    expect(await sendTo(429, body, { 'Retry-After': '30' })).toMatchObject({ afterMs: 30_000 })
    const date = 'Mon, 01 Mar 2027 10:00:00 GMT'
    const dates = { Date: date, 'Retry-After': 'Mon, 01 Mar 2027 10:01:30 GMT' }
    expect(await sendTo(503, body, dates)).toMatchObject({ afterMs: 90_000 })
    expect(await sendTo(503, body, { 'Retry-After': 'soon' })).not.toHaveProperty('afterMs')
  })

  test('a redirect is not followed, for it would carry the credentials away', async () => {
    const { carrier, sent } = refusing(302, '', { Location: 'https://evil.example.net/' })
    expect(await carrier.send(sampleOutgoing())).toMatchObject({ outcome: 'refused', blame: 'sender' })
    expect(sent).toHaveLength(1)
  })

  test('an answer that cannot be read may have been a yes, so the message is sent again', async () => {
    for (const body of ['', 'not json', '[]', 'null', '{}']) {
      expect(await sendTo(201, body)).toMatchObject({ outcome: 'retryLater', code: 'twilio.unreadable_answer' })
    }
  })

  test('an answer of the odd kind is still an answer', async () => {
    for (const body of ['null', '7', '"x"', '{"code":"x","message":5}']) {
      expect(await sendTo(400, body)).toMatchObject({ outcome: 'refused', code: 'twilio.http_400' })
    }
  })
})

describe('no answer at all', () => {
  const failing = (code: string) =>
    carrierAnswering(() => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('failed'), { code }) })
    })

  test('is tried again, and nothing can have been taken where no connection was made', async () => {
    expect(await failing('ECONNREFUSED').carrier.send(sampleOutgoing())).toEqual({
      outcome: 'retryLater',
      code: 'twilio.unreachable',
      reason: 'the connection failed (ECONNREFUSED)',
      uncertain: false,
    })
  })

  test('leaves open whether the message was taken where the connection broke later', async () => {
    expect(await failing('UND_ERR_SOCKET').carrier.send(sampleOutgoing())).toMatchObject({ uncertain: true })
    expect(await failing('ECONNRESET').carrier.send(sampleOutgoing())).toMatchObject({ uncertain: true })
  })

  test('is not waited for longer than the time set', async () => {
    const httpClient = createFetchHttpClient(
      (_, { signal }) =>
        new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
      5,
    )
    const { carrier } = carrierAnswering(taken, { httpClient })
    expect(await carrier.send(sampleOutgoing())).toMatchObject({ outcome: 'retryLater', code: 'twilio.timeout' })
  })

  test('a fault of our own is not hidden as a fault of the network', async () => {
    const httpClient = { request: () => Promise.reject(new RangeError('a bug')) }
    const { carrier } = carrierAnswering(taken, { httpClient })
    await expect(carrier.send(sampleOutgoing())).rejects.toThrow(RangeError)
  })
})
