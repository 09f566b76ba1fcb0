import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { sign } from '../../../src/channels/webhook/signature.ts'
import { MINUTE } from '../../../src/domain/clock.ts'
import { callback, carrierWith, NOW } from './gateway.ts'

const ATTEMPT = '0197f5d0-0000-7000-8000-000000000001.1'
const DELIVERED = { type: 'message.delivered', data: { id: ATTEMPT } }
const receive = (request: ReturnType<typeof callback>) => carrierWith().receive?.(request)

describe('a report of a gateway', () => {
  it('says that a message arrived', () => {
    const status = { kind: 'status', attemptId: ATTEMPT, providerId: ATTEMPT, state: 'delivered' }
    expect(receive(callback(DELIVERED))).toEqual(status)
  })

  it('says why a message did not arrive, and whether another try can help', () => {
    const failed = (data: object) => receive(callback({ type: 'message.failed', data: { id: ATTEMPT, ...data } }))
    expect(failed({ reason: 'no\nsatellite in view' })).toMatchObject({
      state: 'failed',
      error: {
        code: 'webhook.not_delivered',
        reason: 'the gateway could not deliver it: no satellite in view',
        permanent: false,
      },
    })
    expect(failed({ permanent: true })).toMatchObject({ error: { permanent: true } })
    expect(failed({ permanent: 'yes' })).toMatchObject({ error: { permanent: false } })
  })

  it('brings an answer, named by the id of its signature so that the same one twice is one', () => {
    const answered = { type: 'message.answered', data: { id: ATTEMPT, text: '1 4821\n', from: 'Base 3' } }
    expect(receive(callback(answered, {}, NOW, 'gw-77'))).toEqual({
      kind: 'mail',
      channel: 'webhook',
      messageId: 'gw-77',
      attemptId: ATTEMPT,
      from: 'Base 3',
      text: '1 4821',
      whole: '1 4821',
      automatic: false,
    })
  })

  test.each([
    ['no JSON', 'delivered', 'body'],
    ['no object', '[]', 'data'],
    ['no data', { type: 'message.delivered' }, 'data'],
    ['no attempt', { type: 'message.delivered', data: {} }, 'data.id'],
    ['a number as attempt', { type: 'message.delivered', data: { id: 7 } }, 'data.id'],
    ['another type', { type: 'message.send', data: { id: ATTEMPT } }, 'type'],
    ['an answer without words', { type: 'message.answered', data: { id: ATTEMPT, text: ' ' } }, 'data.text'],
  ])('that is genuine and makes no sense is called so (%s)', (_what, content, field) => {
    expect(() => receive(callback(content))).toThrow(expect.objectContaining({ code: 'callback.malformed', field }))
  })
})

describe('a callback that is not proven', () => {
  const headersOf = (change: Record<string, string>) => {
    const body = JSON.stringify(DELIVERED)
    return new Headers({ ...sign('whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=', 'gw-1', body, NOW), ...change })
  }

  test.each<[string, Parameters<typeof callback>[1]]>([
    ['without headers', { headers: new Headers() }],
    ['without a signature', { headers: headersOf({ 'webhook-signature': '' }) }],
    ['with a signature of no version', { headers: headersOf({ 'webhook-signature': 'v1,' }) }],
    ['with another id', { headers: headersOf({ 'webhook-id': 'gw-2' }) }],
    ['with another time', { headers: headersOf({ 'webhook-timestamp': String(NOW / 1000 + 1) }) }],
    ['with the time in another form', { headers: headersOf({ 'webhook-timestamp': `${NOW / 1000}.0` }) }],
    ['with another body', { body: `${JSON.stringify(DELIVERED)} ` }],
    [
      'with another secret',
      {
        headers: new Headers({
          ...sign('whsec_HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=', 'gw-1', JSON.stringify(DELIVERED), NOW),
        }),
      },
    ],
  ])('says nothing: %s', (_what, change) => {
    expect(receive(callback(DELIVERED))).not.toBeNull()
    expect(receive(callback(DELIVERED, change))).toBeNull()
  })

  it('says nothing when it is old or of the future: whoever kept one cannot bring it later', () => {
    for (const off of [-5 * MINUTE, 5 * MINUTE]) expect(receive(callback(DELIVERED, {}, NOW + off))).not.toBeNull()
    for (const off of [-6 * MINUTE, 6 * MINUTE]) expect(receive(callback(DELIVERED, {}, NOW + off))).toBeNull()
  })

  it('is proven by one of several signatures, as while the gateway changes its secret', () => {
    const body = JSON.stringify(DELIVERED)
    const right = sign('whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=', 'gw-1', body, NOW)
    const several = `v1,${'A'.repeat(43)}= ${right['webhook-signature']} v1a,other`
    expect(receive(callback(DELIVERED, { headers: headersOf({ 'webhook-signature': several }) }))).not.toBeNull()
  })

  it('says nothing, whatever stands in its headers and body', () => {
    const text = fc.string({ unit: 'grapheme-ascii' })
    fc.assert(
      fc.property(text, text, text, fc.string(), (id, timestamp, signature, body) => {
        const headers = new Headers({
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': signature,
        })
        expect(receive(callback(DELIVERED, { headers, body }))).toBeNull()
      }),
    )
  })
})
