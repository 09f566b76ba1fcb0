import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import webpush from 'web-push'
import { createWebPushCarrier, type WebPushOptions } from '../../../src/channels/webpush/create-webpush-carrier.ts'
import { createPushKeys, decryptPush, toBase64Url } from '../../../src/simulator/decrypt-push.ts'
import { sampleOutgoing } from '../sample-outgoing.ts'

const vapid = webpush.generateVAPIDKeys()
const device = await createPushKeys('one', null)
const subscription = {
  endpoint: 'https://push.example.org/push/one',
  expirationTime: null,
  keys: { p256dh: toBase64Url(device.publicKey), auth: toBase64Url(device.auth) },
}
const message = (change = {}) => sampleOutgoing({ channel: 'push', address: JSON.stringify(subscription), ...change })

function carrierAnswering(answer: () => Response | Promise<Response>, change: Partial<WebPushOptions> = {}) {
  const sent: { url: string; init: RequestInit; headers: Headers; body: Uint8Array<ArrayBuffer> }[] = []
  const carrier = createWebPushCarrier({
    name: 'push',
    subject: 'mailto:ops@example.org',
    vapid,
    allowEndpoint: () => true,
    async fetch(url, init) {
      const body = init.body instanceof Uint8Array ? new Uint8Array(init.body) : new Uint8Array()
      sent.push({ url, init, headers: new Headers(init.headers), body })
      return answer()
    },
    ...change,
  })
  return { carrier, sent }
}
const created = () => new Response(null, { status: 201, headers: { Location: 'https://push.example.org/m/1' } })

interface ReportedAnswer {
  status?: number
  body?: string
  retry_after?: string
  network?: string
  expected: string
}
const reported: ReportedAnswer[] = JSON.parse(readFileSync('test/fixtures/cases/case-29-push-responses.json', 'utf8'))
const OUTCOMES: Record<string, object> = {
  'accepted (not "delivered")': { outcome: 'accepted' },
  'delete subscription': { outcome: 'addressGone', code: 'push.gone' },
  'retire subscription, ask the device to subscribe again; do not retry': {
    outcome: 'addressGone',
    code: 'push.key_mismatch',
  },
  'keep; configuration alarm for the operator': { outcome: 'refused', code: 'push.not_authorised', blame: 'sender' },
  'retire and ask to subscribe again': { outcome: 'addressGone', code: 'push.key_mismatch' },
  'shrink and send once more': { outcome: 'refused', code: 'push.too_large', blame: 'message' },
  'keep, retry after 30 s, other channel started meanwhile': { outcome: 'retryLater', afterMs: 30_000 },
  'keep, bounded retry': { outcome: 'retryLater' },
}

describe('what a push service answers (reported failure 29)', () => {
  test('all ten answers are here', () => expect(reported).toHaveLength(10))

  test.each(reported)('$status $network $body: $expected', async ({ status, body, retry_after, network, expected }) => {
    const { carrier, sent } = carrierAnswering(() => {
      if (network) throw new TypeError('fetch failed', { cause: network })
      return new Response(body ?? null, {
        status: status ?? 500,
        headers: retry_after ? { 'Retry-After': retry_after } : {},
      })
    })
    expect(await carrier.send(message())).toMatchObject(OUTCOMES[expected] ?? { outcome: expected })
    expect(sent).toHaveLength(status === 413 ? 2 : 1)
  })

  test('a push that was too large goes out smaller, once', async () => {
    const answers = [new Response(null, { status: 413 }), created()]
    const { carrier, sent } = carrierAnswering(() => answers.shift() ?? created())
    expect(await carrier.send(message({ body: 'word '.repeat(400) }))).toMatchObject({ outcome: 'accepted' })
    expect(sent.map(({ body }) => body.length > 1_500)).toEqual([true, false])
  })

  test('a push that Mozilla finds too large goes out smaller, once', async () => {
    const body = JSON.stringify({ code: 400, errno: 104, error: 'Bad Request', message: 'Data payload too large' })
    const answers = [new Response(body, { status: 400 }), created()]
    const { carrier, sent } = carrierAnswering(() => answers.shift() ?? created())
    expect(await carrier.send(message({ body: 'word '.repeat(400) }))).toMatchObject({ outcome: 'accepted' })
    expect(sent).toHaveLength(2)
  })

  test.each([201, 400, 503])(
    'of which no more than some kilobytes are read, though it never ends (%d)',
    async (status) => {
      let given = 0
      let cancelled = false
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          given += 1_024
          controller.enqueue(new Uint8Array(1_024).fill(65))
        },
        cancel() {
          cancelled = true
        },
      })
      const { carrier } = carrierAnswering(() => new Response(body, { status }))
      await carrier.send(message())
      expect(given).toBeLessThanOrEqual(8_192)
      expect(cancelled).toBe(true)
    },
  )

  test.each([
    [301, 'refused'],
    [307, 'refused'],
    [400, 'refused'],
    [401, 'refused'],
    [406, 'retryLater'],
    [418, 'refused'],
    [502, 'retryLater'],
    [503, 'retryLater'],
  ])('%d is %s', async (status, outcome) => {
    const { carrier, sent } = carrierAnswering(
      () => new Response('', { status, headers: { Location: 'http://10.0.0.1/' } }),
    )
    expect(await carrier.send(message())).toMatchObject({ outcome })
    expect(sent.map(({ init }) => init.redirect)).toEqual(['manual'])
  })

  test('a wait may be a date', async () => {
    const headers = { Date: 'Mon, 01 Mar 2027 10:00:00 GMT', 'Retry-After': 'Mon, 01 Mar 2027 10:02:00 GMT' }
    const { carrier } = carrierAnswering(() => new Response('', { status: 503, headers }))
    expect(await carrier.send(message())).toMatchObject({ outcome: 'retryLater', afterMs: 120_000 })
  })

  test('a service that is silent for too long is tried again', async () => {
    const { carrier } = carrierAnswering(() => {
      throw new DOMException('timed out', 'TimeoutError')
    })
    expect(await carrier.send(message())).toMatchObject({ outcome: 'retryLater', code: 'push.timeout' })
  })
})

describe('a push that leaves', () => {
  test('is urgent, lives as long as the alert, replaces what waits, and can be read by the device alone (reported failure 32)', async () => {
    const { carrier, sent } = carrierAnswering(created)
    const result = await carrier.send(message({ lifetime: 7_200 }))
    expect(result).toEqual({ outcome: 'accepted', providerId: 'https://push.example.org/m/1' })
    const [push] = sent
    expect(push?.url).toBe(subscription.endpoint)
    expect(Object.fromEntries(push?.headers ?? [])).toMatchObject({
      urgency: 'high',
      ttl: '7200',
      topic: 'alert-4821',
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      authorization: expect.stringMatching(/^vapid t=.+, k=/),
    })
    expect(push?.headers.has('content-length')).toBe(false)
    const plain = await decryptPush(device, push?.body ?? new Uint8Array())
    expect(JSON.parse(plain)).toMatchObject({
      title: 'Northwind: Evacuate building A',
      actions: [{ action: 'safe' }, { action: 'help' }],
    })
  })

  test.each([
    [1, '60'],
    [9_999_999, '2419200'],
  ])('lives %d s only within what push services keep', async (lifetime, ttl) => {
    const { carrier, sent } = carrierAnswering(created)
    await carrier.send(message({ lifetime }))
    expect(sent[0]?.headers.get('ttl')).toBe(ttl)
  })

  test('stays under the smallest known limit whatever is written (reported failure 14)', async () => {
    const { carrier, sent } = carrierAnswering(created)
    await carrier.send(message({ body: '🔥é'.repeat(1_500) }))
    expect(sent[0]?.body.length).toBeLessThanOrEqual(3_000)
  })
})

describe('a subscription that cannot work', () => {
  const { endpoint, keys } = subscription
  test.each([
    ['is not JSON', 'nonsense'],
    ['is null', 'null'],
    ['has no keys', JSON.stringify({ endpoint })],
    ['has no endpoint', JSON.stringify({ keys })],
    ['has no address for an endpoint', JSON.stringify({ endpoint: 'nowhere', keys })],
    ['has a short key', JSON.stringify({ endpoint, keys: { ...keys, p256dh: keys.p256dh.slice(0, 40) } })],
    ['has a short secret', JSON.stringify({ endpoint, keys: { ...keys, auth: 'abcd' } })],
    ['has strange signs in a key', JSON.stringify({ endpoint, keys: { ...keys, auth: '!'.repeat(22) } })],
    ['has a key off the curve', JSON.stringify({ endpoint, keys: { ...keys, p256dh: `B${'A'.repeat(86)}` } })],
  ])('because it %s is gone, and nothing is sent', async (_why, address) => {
    const { carrier, sent } = carrierAnswering(created)
    expect(await carrier.send(message({ address }))).toMatchObject({
      outcome: 'addressGone',
      code: 'push.subscription_invalid',
    })
    expect(sent).toEqual([])
  })

  test('because it points into our own network is refused, and nothing is sent', async () => {
    const { carrier, sent } = carrierAnswering(created, { allowEndpoint: () => false })
    expect(await carrier.send(message())).toMatchObject({ outcome: 'refused', code: 'push.endpoint_not_allowed' })
    expect(sent).toEqual([])
  })

  test('is named as such when it is to be saved', () => {
    const { carrier } = carrierAnswering(created, { allowEndpoint: (url) => url.hostname === 'push.example.org' })
    expect(carrier.check?.(JSON.stringify(subscription))).toBeNull()
    const inside = JSON.stringify({ endpoint: 'https://10.0.0.1/', keys })
    expect(carrier.check?.(inside)).toMatchObject({ code: 'push.endpoint_not_allowed', field: 'endpoint' })
    expect(carrier.check?.('{}')).toMatchObject({ code: 'push.subscription_invalid', field: 'keys' })
  })

  test('a padded key of the plain base64 kind still works', async () => {
    const plain = (key: string) => `${key.replaceAll('-', '+').replaceAll('_', '/')}==`
    const address = JSON.stringify({ endpoint, keys: { p256dh: plain(keys.p256dh), auth: plain(keys.auth) } })
    expect(await carrierAnswering(created).carrier.send(message({ address }))).toMatchObject({ outcome: 'accepted' })
  })
})

describe('a configuration that some push service would refuse', () => {
  test('stops the start and says why', () => {
    expect(() => carrierAnswering(created, { subject: 'mailto:ops@localhost' })).toThrow(
      expect.objectContaining({ code: 'push.subject', field: 'subject' }),
    )
    expect(() => carrierAnswering(created, { vapid: { ...vapid, privateKey: 'short' } })).toThrow(
      expect.objectContaining({ code: 'push.vapid_keys' }),
    )
  })
})
