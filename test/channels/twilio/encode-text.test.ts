import fc from 'fast-check'
import { MessageListInstance } from 'twilio/lib/rest/api/v2010/account/message.js'
import { describe, expect, test } from 'vitest'
import type { OutgoingMessage } from '../../../src/application/ports/carrier.ts'
import { encodeForm, encodeValue } from '../../../src/channels/twilio/encode-form.ts'
import type { TextSender } from '../../../src/channels/twilio/send-text.ts'
import { writeSms } from '../../../src/domain/messages/write-sms.ts'
import { sampleOutgoing } from '../sample-outgoing.ts'
import { carrierAnswering, taken } from './carrier-rig.ts'

const ACCOUNT = 'AC00000000000000000000000000000001'

type Asked = { uri: string; method: string; headers: Record<string, string>; data: Record<string, unknown> }

/** What the provider's own SDK would send for it. */
function askedBySdk(message: OutgoingMessage, sender: TextSender, name: string): Asked {
  let asked: Asked | null = null
  const version = {
    create(request: Asked) {
      asked = request
      return Promise.resolve({ sid: 'SM1' })
    },
    setPromiseCallback: (promise: Promise<unknown>) => promise,
  }
  const messages = MessageListInstance(version as unknown as Parameters<typeof MessageListInstance>[0], ACCOUNT)
  void messages.create({
    to: message.address,
    body: writeSms(message),
    statusCallback: statusCallback(name, message.attemptId),
    validityPeriod: Math.min(36_000, Math.max(60, Math.floor(message.lifetime))),
    ...sender,
  })
  if (!asked) throw new Error('the SDK asked nothing')
  return asked
}

/** By the strictest reading of RFC 3986, so that servers on the way agree on it. */
function statusCallback(name: string, attemptId: string): string {
  const strict = (text: string) =>
    encodeURIComponent(text).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `https://alerts.example.org/callbacks/${strict(name)}/status?attempt=${strict(attemptId)}#rc=5&rp=ct,rt,5xx`
}

const anyText = fc.string({ unit: 'binary', maxLength: 300 })
const wellFormed = fc.string({ unit: 'grapheme', maxLength: 30 })
const token = fc.stringMatching(/^[A-Za-z0-9_-]{16}$/)

const content = fc.record({
  purpose: fc.constantFrom<OutgoingMessage['purpose']>('alert', 'all_clear', 'expired'),
  kind: fc.constantFrom<OutgoingMessage['kind']>('live', 'drill'),
  language: fc.constantFrom('en', 'de', 'pl', 'xx'),
  organisation: wellFormed,
  title: anyText,
  body: fc.oneof(anyText, fc.string({ unit: 'grapheme', maxLength: 3_000 })),
  responses: fc.array(fc.record({ digit: fc.constantFrom('1', '2', '3'), code: fc.constant('safe'), label: anyText }), {
    maxLength: 4,
  }),
})

const person = fc.record({
  address: fc.oneof(fc.constant('+447700900123'), wellFormed),
  attemptId: fc.oneof(
    fc.uuid().map((id) => `${id}.1`),
    wellFormed,
  ),
  link: token.map((end) => `https://alerts.example.org/a/${end}`),
  lifetime: fc.integer({ min: 0, max: 100_000 }),
})

const sender = fc.oneof(
  fc.constantFrom({ from: '+12025550100' }, { from: 'Harbour & Co' }),
  fc.constant({ messagingServiceSid: 'MG00000000000000000000000000000001' }),
)

describe('a text for the provider', () => {
  test('is asked for with the bytes of its own SDK, also for the hundredth person of the same alert', async () => {
    await fc.assert(
      fc.asyncProperty(content, fc.array(person, { minLength: 1, maxLength: 4 }), sender, async (alert, people, by) => {
        const bodies: string[] = []
        const httpClient = {
          async request({
            uri,
            method,
            headers,
            body,
          }: {
            uri: string
            method: string
            headers: object
            body: string | null
          }) {
            bodies.push(`${method} ${uri} ${JSON.stringify(headers)} ${body}`)
            return { statusCode: 201, body: '{"sid":"SM1"}', headers: new Headers() }
          },
        }
        const name = 'first (north)'
        const { carrier } = carrierAnswering(taken, { httpClient, name, from: undefined, ...by, channels: ['sms'] })
        for (const one of people) {
          const message = sampleOutgoing({ ...alert, ...one })
          await carrier.send(message)
          const sdk = askedBySdk(message, by, name)
          const headers = {
            ...sdk.headers,
            Authorization: `Basic ${btoa(`${ACCOUNT}:example-auth-token-not-real-0001`)}`,
          }
          const expected = `POST https://api.twilio.com/2010-04-01${sdk.uri} ${JSON.stringify(headers)} ${encodeForm(sdk.data)}`
          expect(bodies.pop()).toBe(expected)
        }
      }),
    )
  })

  test('has values as every form has them, whatever is in them', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'binary-ascii' })), (text) => {
        expect(`a=${encodeValue(text)}`).toBe(new URLSearchParams({ a: text }).toString())
      }),
    )
  })

  test('has no half of a character, since no form can carry one', () => {
    expect(encodeValue('a\ud83d!')).toBe(new URLSearchParams({ a: 'a\ud83d!' }).toString().slice(2))
  })
})
