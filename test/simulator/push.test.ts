import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import webpush from 'web-push'
import type { PushSubscriptionJson } from '../../src/simulator/push-service.ts'
import { type Rig, startRig } from './rig.ts'

const PHONE = '+447700900123'
const VAPID = { subject: 'mailto:alarm@example.org', ...webpush.generateVAPIDKeys() }
const PAYLOAD = {
  id: 'one',
  title: 'Fire in hall 3',
  body: 'Leave by the north gate — “now”',
  url: 'https://app.example.org/a/1',
  tag: 'alert-1',
  actions: [
    { action: 'safe', title: 'I am safe' },
    { action: 'help', title: 'I need help' },
  ],
  answerUrl: 'https://app.example.org/push-answer',
  shownUrl: 'https://app.example.org/push-shown',
}
let rig: Rig
let subscription: PushSubscriptionJson

beforeEach(async () => {
  rig = await startRig({ now: Date.now })
  subscription = await rig.simulator.phones.subscribe(PHONE)
})
afterEach(() => rig.stop())

async function push(
  payload: unknown,
  change: { headers?: Record<string, string>; drop?: string; vapid?: object } = {},
) {
  const vapidDetails = { ...VAPID, ...change.vapid }
  const details = webpush.generateRequestDetails(subscription, JSON.stringify(payload), {
    TTL: 60,
    vapidDetails,
    urgency: 'high',
  })
  const headers = new Headers()
  for (const [name, value] of Object.entries(details.headers ?? {})) headers.set(name, String(value))
  headers.delete('Content-Length')
  for (const [name, value] of Object.entries(change.headers ?? {})) headers.set(name, value)
  if (change.drop) headers.delete(change.drop)
  const body = new Uint8Array(details.body ?? new Uint8Array())
  const response = await rig.simulator.app.request(details.endpoint, { method: 'POST', headers, body })
  await rig.simulator.settle()
  return response
}
const shown = () => rig.simulator.phones.get(PHONE).notifications

describe('an encrypted push', () => {
  test('is shown with its buttons, and a button answers', async () => {
    const response = await push(PAYLOAD)
    expect([response.status, response.headers.get('Location')]).toEqual([201, expect.stringMatching(/^https:/)])
    expect(shown()).toMatchObject([
      { title: PAYLOAD.title, body: PAYLOAD.body, actions: PAYLOAD.actions, urgency: 'high', ttl: 60 },
    ])
    expect(rig.received).toMatchObject([{ url: PAYLOAD.shownUrl, params: {} }])
    expect(rig.simulator.phones.tap(PHONE, 'help')).toBe(true)
    await rig.simulator.settle()
    expect(rig.received.at(-1)).toMatchObject({ url: PAYLOAD.answerUrl, params: { response: 'help', channel: 'push' } })
    expect(rig.simulator.phones.tap(PHONE, 'safe')).toBe(false)
  })

  test('with the tag of an earlier one replaces it', async () => {
    await push(PAYLOAD)
    await push({ ...PAYLOAD, title: 'All clear', actions: [] })
    expect(shown().map(({ title }) => title)).toEqual(['All clear'])
  })

  test('made for another subscription is accepted by the service but shows nothing', async () => {
    const other = await rig.simulator.phones.subscribe('+447700900124')
    subscription = { ...subscription, keys: other.keys }
    expect((await push(PAYLOAD)).status).toBe(201)
    expect(shown()).toEqual([])
  })
})

describe('the push service refuses', () => {
  test('a push without TTL with 400', async () => {
    expect((await push(PAYLOAD, { drop: 'TTL' })).status).toBe(400)
  })

  test('a body over 4096 bytes with 413', async () => {
    expect((await push({ ...PAYLOAD, body: 'x'.repeat(4200) })).status).toBe(413)
  })

  test('a push without authorization with 401 and one with a bad token with 403', async () => {
    expect((await push(PAYLOAD, { drop: 'Authorization' })).status).toBe(401)
    expect((await push(PAYLOAD, { headers: { Authorization: 'vapid t=a.b.c, k=xyz' } })).status).toBe(403)
    expect((await push(PAYLOAD, { vapid: { subject: 'mailto:alarm@localhost' } })).status).toBe(403)
  })

  test('a token signed by another key than the one it names with 403', async () => {
    const stranger = webpush.generateVAPIDKeys()
    const response = await push(PAYLOAD, { vapid: { privateKey: stranger.privateKey } })
    expect(response.status).toBe(403)
  })

  test('another sender than the one the subscription was made for with 403', async () => {
    subscription = await rig.simulator.phones.subscribe('+447700900125', VAPID.publicKey)
    expect((await push(PAYLOAD)).status).toBe(201)
    const refused = await push(PAYLOAD, { vapid: webpush.generateVAPIDKeys() })
    expect([refused.status, await refused.json()]).toEqual([403, { reason: 'VapidPkHashMismatch' }])
  })

  test('an ended subscription with 410 and an unknown one with 404', async () => {
    rig.simulator.phones.unsubscribe(PHONE)
    expect((await push(PAYLOAD)).status).toBe(410)
    expect((await rig.simulator.app.request('/push/nobody', { method: 'POST' })).status).toBe(404)
  })

  test('everything with 429 and Retry-After when told to', async () => {
    rig.simulator.phones.set(PHONE, { pushAnswer: 429 })
    const response = await push(PAYLOAD)
    expect([response.status, response.headers.get('Retry-After')]).toEqual([429, '30'])
    expect(shown()).toEqual([])
  })
})
