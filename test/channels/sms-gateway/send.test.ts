import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleOutgoing } from '../sample-outgoing.ts'
import { CALLBACK_TOKEN, gatewayAt, startSink } from './gateway-rig.ts'

let sink: Awaited<ReturnType<typeof startSink>>
beforeAll(async () => {
  sink = await startSink()
})
beforeEach(() => {
  sink.asked.length = 0
  Object.assign(sink.answer, { status: 202, body: '0: Accepted for delivery' })
})
afterAll(() => sink.stop())

const { attemptId } = sampleOutgoing()
const answered = (status: number, body: string) => {
  Object.assign(sink.answer, { status, body })
  return gatewayAt(sink.url).send(sampleOutgoing())
}

describe('handing a text to the gateway', () => {
  it('names the account, the person, the text and where to report on this very attempt', async () => {
    const carrier = gatewayAt(`${sink.url}?smsc=first`, { from: '+441632960001' })
    expect(await carrier.send(sampleOutgoing({ lifetime: 90 }))).toEqual({ outcome: 'accepted', providerId: attemptId })
    expect(Object.fromEntries(sink.asked[0]?.searchParams ?? [])).toEqual({
      smsc: 'first',
      username: 'tocsin',
      password: 'not a real password & no secret',
      from: '+441632960001',
      to: '+447700900123',
      text: expect.stringMatching(/^Northwind: Evacuate building A\n.*With code: 1 4821\nhttps:/s),
      coding: '0',
      charset: 'UTF-8',
      validity: '2',
      'dlr-mask': '31',
      'dlr-url': `https://alerts.example.org/callbacks/modem/${CALLBACK_TOKEN}/status?attempt=${attemptId}&type=%d&answer=%A`,
    })
  })

  it('lets the gateway choose the sender where none is configured', async () => {
    await gatewayAt(sink.url).send(sampleOutgoing())
    expect(sink.asked[0]?.searchParams.has('from')).toBe(false)
  })

  it.each([
    ['Leave by gate 2 – “now” {é€}', '0'],
    ['Wyjdź bramą 2', '2'],
    ['Leave 🚪', '2'],
    ['Выходите', '2'],
  ])('says that "%s" needs coding %s, so that no letter turns into a question mark', async (body, coding) => {
    await gatewayAt(sink.url).send(sampleOutgoing({ body }))
    expect(sink.asked[0]?.searchParams.get('coding')).toBe(coding)
    if (coding === '2') expect(sink.asked[0]?.searchParams.get('text')).toContain(body)
  })

  it('knows its rate only where it is configured', () => {
    expect(gatewayAt(sink.url).perSecond('sms')).toBeNull()
    expect(gatewayAt(sink.url, { smsPerSecond: 0.1 }).perSecond('sms')).toBe(0.1)
  })
})

describe('what the gateway answers', () => {
  it.each([
    [202, '0: Accepted for delivery', { outcome: 'accepted', providerId: attemptId }],
    [202, '3: Queued for later delivery', { outcome: 'accepted', providerId: attemptId }],
    [202, 'what?', { outcome: 'retryLater', code: 'sms-gateway.unreadable_answer', uncertain: true }],
    [200, '', { outcome: 'retryLater', code: 'sms-gateway.unreadable_answer' }],
    [500, '0: Accepted for delivery', { outcome: 'retryLater', code: 'sms-gateway.http_500' }],
    [403, 'Authorization failed for sendsms', { outcome: 'retryLater', code: 'sms-gateway.authorization' }],
    [503, 'Temporal failure, try again later.', { outcome: 'retryLater', code: 'sms-gateway.temporary' }],
    [429, 'slow down', { outcome: 'retryLater', code: 'sms-gateway.http_429' }],
    [403, 'Not routable. Do not try again.', { outcome: 'refused', blame: 'sender', code: 'sms-gateway.not_routable' }],
    [
      400,
      'Number(s) has/have been denied by white- and/or black-lists.',
      { outcome: 'refused', blame: 'sender', code: 'sms-gateway.denied' },
    ],
    [
      400,
      'Sender missing and no global set, rejected',
      { outcome: 'refused', blame: 'sender', code: 'sms-gateway.sender_missing' },
    ],
    [
      400,
      'Empty receiver number not allowed, rejected',
      { outcome: 'refused', blame: 'address', code: 'sms-gateway.receiver' },
    ],
    [400, 'Charset or body misformed, rejected', { outcome: 'refused', blame: 'message', code: 'sms-gateway.text' }],
    [404, 'Unknown request.', { outcome: 'refused', blame: 'sender', code: 'sms-gateway.http_404' }],
    [302, '', { outcome: 'refused', blame: 'sender', code: 'sms-gateway.http_302' }],
  ])('%d "%s" is understood', async (status, body, expected) => {
    expect(await answered(status, body)).toMatchObject(expected)
    expect(sink.asked).toHaveLength(1)
  })

  it('nothing, or too late, means another try; the reason does not hold the password', async () => {
    const hungUp = await answered(0, '')
    expect(hungUp).toEqual({
      outcome: 'retryLater',
      code: 'sms-gateway.unreachable',
      reason: 'the connection failed',
      uncertain: true,
    })
    const late = gatewayAt(sink.url, {
      fetch: async () => {
        throw new DOMException('', 'TimeoutError')
      },
    })
    expect(await late.send(sampleOutgoing())).toMatchObject({
      outcome: 'retryLater',
      code: 'sms-gateway.timeout',
      uncertain: true,
    })
  })

  it('is certain not to have the text while nothing listens there', async () => {
    const gone = await startSink()
    await gone.stop()
    expect(await gatewayAt(gone.url).send(sampleOutgoing())).toMatchObject({
      code: 'sms-gateway.unreachable',
      uncertain: false,
    })
  })
})
