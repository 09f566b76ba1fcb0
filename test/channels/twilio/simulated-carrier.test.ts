import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CallbackReply, Carrier, CarrierEvent } from '../../../src/application/ports/carrier.ts'
import { REPEATS } from '../../../src/channels/twilio/callback-url.ts'
import { createTwilioCarrier } from '../../../src/channels/twilio/create-twilio-carrier.ts'
import { createFetchHttpClient } from '../../../src/channels/twilio/fetch-http-client.ts'
import { confirmAnswer, leaveVoicemail, openAlertCall } from '../../../src/domain/messages/write-voice.ts'
import { ACCOUNT, type Rig, SENDER, startRig, TOKEN } from '../../simulator/rig.ts'
import { sampleOutgoing } from '../sample-outgoing.ts'

const PHONE = '+447700900123'
const BASE = 'https://app.example.org'
let rig: Rig
let carrier: Carrier
let events: CarrierEvent[]

/** What the application would do, in a few lines. */
function answerTo(event: CarrierEvent): CallbackReply {
  if (event.kind === 'text') return { text: 'Recorded: I am safe. Thank you.' }
  if (event.kind !== 'call') return null
  const alert = sampleOutgoing()
  if (event.machine) return { script: leaveVoicemail(alert) }
  if (event.digits === '1') return { script: confirmAnswer('I am safe', 'en') }
  return { script: openAlertCall(alert, event.attemptId) }
}

beforeEach(async () => {
  events = []
  rig = await startRig(
    {
      async fetch(request) {
        const url = new URL(request.url)
        const topic = url.pathname.split('/').at(-1) ?? ''
        const event = await carrier.receive?.({
          method: 'POST',
          token: null,
          source: null,
          url: request.url,
          topic,
          headers: request.headers,
          body: await request.text(),
        })
        if (!event) return new Response(null, { status: 403 })
        events.push(event)
        const reply = carrier.respond?.(answerTo(event), event)
        return new Response(reply?.body ?? '', { headers: { 'Content-Type': reply?.contentType ?? 'text/xml' } })
      },
    },
    { smsWebhook: `${BASE}/callbacks/first/sms${REPEATS}`, voiceWebhook: `${BASE}/callbacks/first/voice${REPEATS}` },
  )
  carrier = createTwilioCarrier({
    name: 'first',
    channels: ['sms', 'voice'],
    accountSid: ACCOUNT,
    authToken: TOKEN,
    from: SENDER,
    apiBaseUrl: rig.url,
    publicUrl: BASE,
    httpClient: createFetchHttpClient(fetch),
  })
})
afterEach(() => rig.stop())

const states = () => events.flatMap((event) => (event.kind === 'status' ? [event.state] : []))

describe('over real HTTP against an independent carrier', () => {
  test('a text arrives, is reported, and its answer gets a confirmation', async () => {
    const message = sampleOutgoing()
    const result = await carrier.send(message)
    expect(result).toMatchObject({ outcome: 'accepted', providerId: expect.stringMatching(/^SM/) })
    await rig.advance(60_000)
    expect(states()).toEqual(['sent', 'sent', 'delivered'])
    expect(events.every((event) => event.kind === 'status' && event.attemptId === message.attemptId)).toBe(true)
    expect(rig.simulator.phones.text(PHONE, '1 4821')).toBe(true)
    await rig.simulator.settle()
    await rig.advance(60_000)
    expect(events).toContainEqual(expect.objectContaining({ kind: 'text', from: PHONE, to: SENDER, text: '1 4821' }))
    expect(rig.simulator.phones.get(PHONE).texts.at(-1)?.text).toBe('Recorded: I am safe. Thank you.')
  })

  test('a call is answered, a key is pressed while it speaks, and the answer is confirmed', async () => {
    await carrier.send(sampleOutgoing({ channel: 'voice' }))
    await rig.advance(2_000)
    expect(rig.simulator.phones.answer(PHONE)).toBe(true)
    await rig.advance(3_000)
    expect(rig.simulator.phones.get(PHONE).subtitles.join(' ')).toContain('Northwind')
    rig.simulator.phones.press(PHONE, '1')
    await rig.simulator.settle()
    expect(rig.simulator.phones.get(PHONE).subtitles.join(' ')).toContain('Recorded: I am safe')
    await rig.advance(20_000)
    const keys = events.flatMap((event) => (event.kind === 'call' ? [[event.turn, event.digits, event.direction]] : []))
    expect(keys).toEqual([
      [null, null, 'outbound'],
      ['answer', '1', 'outbound'],
    ])
    expect(states()).toEqual(['ended'])
    expect(rig.simulator.debuggerEvents()).toEqual([])
  })

  test('the hash key alone does not end the call without a word', async () => {
    await carrier.send(sampleOutgoing({ channel: 'voice' }))
    await rig.advance(2_000)
    rig.simulator.phones.answer(PHONE)
    await rig.advance(3_000)
    rig.simulator.phones.press(PHONE, '#')
    await rig.simulator.settle()
    expect(events).toContainEqual(expect.objectContaining({ kind: 'call', digits: '#' }))
  })

  test('a mailbox gets the short text after its tone and is reported as one', async () => {
    rig.simulator.phones.set(PHONE, { behaviour: 'voicemail' })
    await carrier.send(sampleOutgoing({ channel: 'voice' }))
    await rig.advance(90_000)
    const calls = events.filter((event) => event.kind === 'call')
    expect(calls).toMatchObject([{ machine: true, digits: null }])
    expect(states()).toEqual(['voicemail'])
    const [call] = rig.simulator.calls()
    expect(call?.answeredBy).toBe('machine_end_beep')
  })

  test('somebody who rings back is heard as the caller', async () => {
    rig.simulator.phones.ring(PHONE, SENDER)
    await rig.advance(5_000)
    expect(events[0]).toMatchObject({ kind: 'call', direction: 'inbound', number: PHONE, attemptId: null })
  })

  test.each([
    ['+447700900990', 'refused', 'address'],
    ['+447700900992', 'refused', 'address'],
    ['+447700900996', 'refused', 'address'],
    ['+85025550100', 'refused', 'sender'],
  ])('%s is %s at once, by fault of the %s', async (address, outcome, blame) => {
    expect(await carrier.send(sampleOutgoing({ address }))).toMatchObject({ outcome, blame })
  })

  test.each([
    ['+447700900991', 'twilio.30003', false],
    ['+447700900998', 'twilio.30005', true],
    ['+447700900997', 'twilio.30007', false],
  ])('%s is taken and fails later with %s', async (address, code, permanent) => {
    await carrier.send(sampleOutgoing({ address }))
    await rig.advance(120_000)
    expect(events.at(-1)).toMatchObject({ state: 'failed', error: { code, permanent } })
  })

  test('a carrier that is down, slow to admit or over its rate is tried again', async () => {
    rig.simulator.setFaults({ down: true })
    expect(await carrier.send(sampleOutgoing())).toMatchObject({ outcome: 'retryLater' })
    rig.simulator.setFaults({ down: false, rateLimit: 1 })
    const results = await Promise.all([carrier.send(sampleOutgoing()), carrier.send(sampleOutgoing())])
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['accepted', 'retryLater'])
  })
})

test('a text or a call that was taken and never answered for is found by its number, words and time', async () => {
  const since = rig.clock.now()
  const text = sampleOutgoing({ channel: 'sms', address: PHONE })
  const call = sampleOutgoing({ channel: 'voice', address: PHONE })
  expect(await carrier.find?.(text, since)).toBeNull()
  const taken = [await carrier.send(text), await carrier.send(call)]
  expect([await carrier.find?.(text, since), await carrier.find?.(call, since)]).toEqual(
    taken.map((result) => ({ providerId: result.outcome === 'accepted' ? result.providerId : '' })),
  )
  expect(await carrier.find?.(sampleOutgoing({ ...text, body: 'Another matter.' }), since)).toBeNull()
  expect(await carrier.find?.({ ...text, address: '+447700900124' }, since)).toBeNull()
  expect(await carrier.find?.(text, since + 60_000)).toBeNull()
})
