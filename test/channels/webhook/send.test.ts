import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { LANGUAGES, textsIn } from '../../../src/domain/messages/language-texts.ts'
import { sampleOutgoing } from '../sample-outgoing.ts'
import { carrierWith, NOW, SECRET, startGateway } from './gateway.ts'

let gateway: Awaited<ReturnType<typeof startGateway>>
beforeEach(async () => {
  gateway = await startGateway()
})
afterEach(() => gateway.stop())

const outgoing = (change: Parameters<typeof sampleOutgoing>[0] = {}) =>
  sampleOutgoing({ channel: 'webhook', address: gateway.url, ...change })

describe('an alert to a gateway', () => {
  it('is one POST of JSON that says all in parts and as a text to be read out', async () => {
    const result = await carrierWith().send(outgoing({ kind: 'drill' }))
    expect(result).toEqual({ outcome: 'accepted', providerId: outgoing().attemptId })
    expect(gateway.taken).toHaveLength(1)
    const [{ url, headers, body } = { url: '', headers: {}, body: '' }] = gateway.taken
    expect(url).toBe('/terminal/7')
    expect(headers['content-type']).toBe('application/json')
    expect(JSON.parse(body)).toMatchObject({
      type: 'message.send',
      timestamp: '2027-03-01T14:06:00.000Z',
      data: {
        id: '0197f5d0-0000-7000-8000-000000000001.1',
        delivery: '0197f5d0-0000-7000-8000-000000000001',
        purpose: 'alert',
        kind: 'drill',
        code: '4821',
        text: [
          'DRILL - Northwind: Evacuate building A',
          'Leave by gate 2.',
          'Reply 1 = I am safe, 2 = I need help. With code: 1 4821',
          'Raised 2027-03-01 14:05 UTC (4821)',
        ].join('\n'),
        responses: outgoing().responses,
        link: outgoing().link,
        raisedAt: '2027-03-01T14:05:00.000Z',
        lifetime: 43_200,
      },
    })
  })

  it('is signed after the Standard Webhooks, by the attempt and the time', async () => {
    await carrierWith({ clock: Date.now }).send(outgoing())
    const [{ headers, body } = { headers: {}, body: '' }] = gateway.taken
    const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    expect(given['webhook-id']).toBe(outgoing().attemptId)
    expect(new Webhook(SECRET).verify(body, given)).toMatchObject({ type: 'message.send' })
    expect(() => new Webhook(SECRET).verify(`${body} `, given)).toThrow()
  })

  it('has its time from the clock that is passed in', async () => {
    await carrierWith().send(outgoing())
    expect(gateway.taken[0]?.headers['webhook-timestamp']).toBe(String(NOW / 1000))
  })

  test.each(LANGUAGES)(
    'says in %s first that it is a drill, and at the end nothing of what to do',
    async (language) => {
      await carrierWith().send(outgoing({ kind: 'drill', language }))
      await carrierWith().send(outgoing({ kind: 'drill', language, purpose: 'all_clear' }))
      const [alert, end] = gateway.taken.map(({ body }) => String(JSON.parse(body).data.text))
      expect(alert?.startsWith(`${textsIn(language).drillMark} - Northwind`)).toBe(true)
      expect(end?.startsWith(`${textsIn(language).drillMark} - Northwind: ${textsIn(language).allClear}`)).toBe(true)
      expect(end).not.toContain('Leave by gate 2')
      expect(alert).not.toContain('/a/')
    },
  )
})

describe('the answer of a gateway', () => {
  test.each([
    [200, { outcome: 'accepted' }],
    [204, { outcome: 'accepted' }],
    [301, { outcome: 'refused', blame: 'address' }],
    [307, { outcome: 'refused', blame: 'address' }],
    [400, { outcome: 'refused', blame: 'message' }],
    [401, { outcome: 'refused', blame: 'sender' }],
    [403, { outcome: 'refused', blame: 'sender' }],
    [404, { outcome: 'refused', blame: 'address' }],
    [410, { outcome: 'addressGone' }],
    [413, { outcome: 'refused', blame: 'message' }],
    [429, { outcome: 'retryLater', afterMs: 120_000 }],
    [500, { outcome: 'retryLater' }],
    [503, { outcome: 'retryLater', afterMs: 120_000 }],
  ])('%i means %j', async (status, meaning) => {
    Object.assign(gateway.answer, { status, headers: { 'retry-after': '120', location: '/elsewhere' } })
    expect(await carrierWith().send(outgoing())).toMatchObject(meaning)
    // A redirect is not followed.
    expect(gateway.taken).toHaveLength(1)
  })

  test.each([
    ['Mon, 01 Mar 2027 14:06:30 GMT', 30_000],
    ['Mon, 01 Mar 2027 14:05:30 GMT', 0],
    ['soon', undefined],
  ])('asks to wait until "%s", which is read against its own clock', async (retryAfter, afterMs) => {
    const headers = { 'retry-after': retryAfter, date: 'Mon, 01 Mar 2027 14:06:00 GMT' }
    Object.assign(gateway.answer, { status: 503, headers })
    const result = await carrierWith().send(outgoing())
    expect(result.outcome === 'retryLater' && result.afterMs).toBe(afterMs)
  })

  it('that never comes leaves open whether it has the message', async () => {
    gateway.answer.status = 0
    expect(await carrierWith().send(outgoing())).toMatchObject({
      outcome: 'retryLater',
      code: 'webhook.unreachable',
      uncertain: true,
    })
  })
})

describe('an address', () => {
  it('where nothing may be sent is refused before anything leaves, and when it is saved', async () => {
    const carrier = carrierWith({ allowUrl: () => false })
    expect(await carrier.send(outgoing())).toMatchObject({
      outcome: 'refused',
      code: 'webhook.target_not_allowed',
      blame: 'address',
    })
    expect(gateway.taken).toEqual([])
    expect(carrier.check?.(gateway.url)).toMatchObject({ code: 'webhook.target_not_allowed', field: 'address' })
    expect(carrierWith().check?.(gateway.url)).toBeNull()
  })
})
