import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CallbackRequest, CarrierEvent } from '../../../src/application/ports/carrier.ts'
import { CALLBACK_TOKEN, callback, gatewayAt } from './gateway-rig.ts'

const carrier = gatewayAt('http://gateway.example.org/cgi-bin/sendsms')
const receive = (request: CallbackRequest) => carrier.receive?.(request)
const ATTEMPT = '0197f5d0-0000-7000-8000-000000000001.2'
const escapeBytes = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
const utf16be = (text: string) =>
  escapeBytes(
    Uint8Array.from(
      Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).flatMap((unit) => [unit >> 8, unit & 255]),
    ),
  )
const inbound = (text: string, charset = 'UTF-8', from = '%2B447700900123') =>
  callback('sms', `from=${from}&to=%2B441632960001&text=${text}&charset=${charset}&id=b7b0948a`)

describe('a callback is proven before it is read', () => {
  it('by the secret and by where it comes from; either alone proves nothing', () => {
    expect(receive(inbound('1'))).toMatchObject({ kind: 'text' })
    const wrong: Partial<CallbackRequest>[] = [
      { token: null },
      { token: '' },
      { token: CALLBACK_TOKEN.slice(1) },
      { token: `${CALLBACK_TOKEN}x` },
      { token: CALLBACK_TOKEN.toUpperCase() },
      { source: null },
      { source: '192.0.2.8' },
      { source: '' },
    ]
    for (const change of wrong) expect(receive({ ...inbound('1'), ...change })).toBeNull()
  })

  it('so that nothing else gets an event, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (token, query, body) => {
        fc.pre(token !== CALLBACK_TOKEN)
        expect(receive(callback('sms', query, { token, body }))).toBeNull()
      }),
    )
  })
})

describe('a text that a person sent', () => {
  it('is read whole, with its spaces, and named by the gateway', () => {
    expect(receive(inbound('1++4821%0A%e2%82%ac'))).toEqual({
      kind: 'text',
      messageId: 'b7b0948a',
      from: '+447700900123',
      to: '+441632960001',
      text: '1  4821\n€',
      optOut: null,
    })
  })

  it('is read from a form as well', () => {
    const form = 'from=%2B447700900123&to=12345&text=ja&id=9'
    expect(receive(callback('sms', '', { method: 'POST', body: form }))).toMatchObject({ text: 'ja', messageId: '9' })
  })

  it.each([
    ['UTF-16BE', '%04%14%04%30%20%D8%3D%DE%00'.replace('%20', '%00%20'), 'Да 😀'],
    ['UCS-2', utf16be('Ja, große Hilfe'), 'Ja, große Hilfe'],
    ['WINDOWS-1252', '%80+caf%E9', '€ café'],
    ['ISO-8859-2', '%B1', 'ą'],
    ['8-BIT', 'caf%E9+4821', 'café 4821'],
    ['GSM', '%C3%A9', 'é'],
    ['no-such-set', '%C3%A9', 'é'],
    ['', '%C3%A9', 'é'],
    ['UTF-8', '100%', '100%'],
  ])('in %s is read as it was written', (charset, text, read) => {
    expect(receive(inbound(text, charset))).toMatchObject({ text: read })
  })

  it('in any script comes through in both of the forms that gateways use', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.startsWith('\ufeff'))
        expect(receive(inbound(encodeURIComponent(text)))).toMatchObject({ text })
        expect(receive(inbound(utf16be(text), 'UTF-16BE'))).toMatchObject({ text })
      }),
    )
  })

  it('never breaks the reading, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'%+=;#aF0é😀') }), (text) => {
        expect(receive(inbound(text))).toMatchObject({ kind: 'text' })
      }),
    )
  })

  it.each([
    ['%2B447700900123', '+447700900123'],
    ['00447700900123', '+447700900123'],
    ['447911123456', '+447911123456'],
    ['07911123456', '+447911123456'],
    ['33612345678', '+33612345678'],
    ['85080', '85080'],
    ['Network', 'Network'],
  ])('from "%s" belongs to %s', (from, number) => {
    expect(receive(inbound('1', 'UTF-8', from))).toMatchObject({ from: number })
  })

  it('that says STOP is left to our own words', () => {
    expect(receive(inbound('STOP'))).toMatchObject({ text: 'STOP', optOut: null })
  })

  it.each(['id', 'from', 'to'])('without "%s" is refused with its field', (field) => {
    const request = inbound('1')
    const url = request.url.replace(new RegExp(`([?&])${field}=[^&]*`), '$1')
    expect(() => receive({ ...request, url })).toThrow(expect.objectContaining({ code: 'callback.malformed', field }))
  })
})

describe('a delivery report', () => {
  const report = (type: number | string, answer = '') =>
    receive(callback('status', `attempt=${ATTEMPT}&type=${type}&answer=${encodeURIComponent(answer)}`))

  it.each([
    [1, 'delivered'],
    [4, 'sent'],
    [8, 'sent'],
  ])('of type %d says %s', (type, state) => {
    expect(report(type, 'ACK/')).toEqual({ kind: 'status', attemptId: ATTEMPT, providerId: ATTEMPT, state })
  })

  it.each([
    [2, '', 'sms-gateway.not_delivered', false],
    [2, 'id:1 sub:001 dlvrd:000 stat:EXPIRED err:000 text:Northwind: Evac', 'sms-gateway.not_delivered', false],
    [2, 'id:1 stat:REJECTD err:011 text:', 'sms-gateway.not_delivered', true],
    [16, 'NACK/0x0000000b/Invalid Destination Address', 'sms-gateway.network_refused', true],
    [16, 'NACK/0x00000058/Throttling error', 'sms-gateway.network_refused', false],
  ])('of type %d with "%s" says why the text is lost', (type, answer, code, permanent) => {
    expect(report(type, answer)).toMatchObject({ state: 'failed', error: { code, permanent } })
    expect(report(type, answer)).not.toMatchObject({ error: { reason: expect.stringContaining('Evac') } })
  })

  it('of no known type, or of no attempt, is refused with its field', () => {
    for (const type of ['3', '', 'x']) expect(() => report(type)).toThrow(expect.objectContaining({ field: 'type' }))
    expect(() => receive(callback('status', 'type=1'))).toThrow(expect.objectContaining({ field: 'attempt' }))
    expect(() => receive(callback('email', ''))).toThrow(expect.objectContaining({ field: 'topic' }))
  })
})

describe('the answer to a text', () => {
  const text = (from: string): CarrierEvent => ({
    kind: 'text',
    messageId: '1',
    from,
    to: '+441632960001',
    text: '1',
    optOut: null,
  })
  const reply = (words: string | null, from = '+447700900123') => carrier.respond?.({ text: words }, text(from))

  it('is the body itself, plain', () => {
    expect(reply('Recorded: “I am safe”.')).toEqual({
      body: 'Recorded: "I am safe".',
      contentType: 'text/plain; charset=utf-8',
    })
  })

  it('says so when it needs more than the 7-bit letters', () => {
    expect(reply('Zapisano: zażółć')).toMatchObject({ body: 'Zapisano: zażółć', headers: { 'x-kannel-coding': '2' } })
  })

  it('is empty, and sends nothing, where there is nothing to say or a machine would read it', () => {
    expect(reply(null)?.body).toBe('')
    expect(reply('Recorded.', '85080')?.body).toBe('')
    expect(reply('Recorded.', 'Network')?.body).toBe('')
    const status = { kind: 'status', attemptId: ATTEMPT, providerId: ATTEMPT, state: 'sent' } as const
    expect(carrier.respond?.(null, status).body).toBe('')
  })
})
