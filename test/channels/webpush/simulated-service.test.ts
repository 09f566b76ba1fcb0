import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import webpush from 'web-push'
import type { Carrier } from '../../../src/application/ports/carrier.ts'
import { allowEndpoint } from '../../../src/channels/webpush/allow-endpoint.ts'
import { createWebPushCarrier } from '../../../src/channels/webpush/create-webpush-carrier.ts'
import { type Rig, startRig } from '../../simulator/rig.ts'
import { sampleOutgoing } from '../sample-outgoing.ts'

const PHONE = '+447700900123'
const vapid = webpush.generateVAPIDKeys()
let rig: Rig
let carrier: Carrier

beforeEach(async () => {
  rig = await startRig({ now: Date.now })
  carrier = createWebPushCarrier({
    name: 'push',
    subject: 'mailto:ops@example.org',
    vapid,
    // The signature names the service's public origin; only the road to it is local.
    fetch: (url, init) => fetch(url.replace('https://push.example.org', rig.url), init),
    allowEndpoint,
  })
})
afterEach(() => rig.stop())

const send = async (change = {}) => {
  const subscription = await rig.simulator.phones.subscribe(PHONE, vapid.publicKey)
  return carrier.send(sampleOutgoing({ channel: 'push', address: JSON.stringify(subscription), ...change }))
}

describe('over real HTTP against an independent push service', () => {
  test('a push is decrypted, shown with its buttons, and the end of the alert replaces it', async () => {
    expect(await send({ kind: 'drill' })).toMatchObject({ outcome: 'accepted' })
    await rig.simulator.settle()
    expect(rig.simulator.phones.get(PHONE).notifications).toMatchObject([
      {
        title: 'DRILL - Northwind: Evacuate building A',
        body: 'Leave by gate 2.',
        tag: 'alert-4821',
        urgency: 'high',
        ttl: 43_200,
        topic: 'alert-4821',
        actions: [{ action: 'safe' }, { action: 'help' }],
      },
    ])
    expect(rig.received.map(({ url }) => url)).toEqual([
      `${sampleOutgoing().link}/shown?attempt=${sampleOutgoing().attemptId}`,
    ])
    expect(await send({ purpose: 'all_clear' })).toMatchObject({ outcome: 'accepted' })
    await rig.simulator.settle()
    const newest = rig.simulator.phones.get(PHONE).notifications.at(-1)
    expect(newest).toMatchObject({ tag: 'alert-4821', actions: [] })
  })

  test('a browser that has unsubscribed is gone for good', async () => {
    const subscription = await rig.simulator.phones.subscribe(PHONE, vapid.publicKey)
    rig.simulator.phones.unsubscribe(PHONE)
    const address = JSON.stringify(subscription)
    expect(await carrier.send(sampleOutgoing({ channel: 'push', address }))).toMatchObject({ outcome: 'addressGone' })
  })

  test('a subscription made with another key of ours is gone and says why', async () => {
    const other = webpush.generateVAPIDKeys()
    const subscription = await rig.simulator.phones.subscribe(PHONE, other.publicKey)
    const address = JSON.stringify(subscription)
    expect(await carrier.send(sampleOutgoing({ channel: 'push', address }))).toMatchObject({
      outcome: 'addressGone',
      code: 'push.key_mismatch',
    })
  })

  test('a service that is down is tried again', async () => {
    rig.simulator.phones.set(PHONE, { pushAnswer: 503 })
    expect(await send()).toMatchObject({ outcome: 'retryLater', code: 'push.service_failing' })
  })
})
