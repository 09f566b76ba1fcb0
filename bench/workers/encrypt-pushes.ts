import webpush from 'web-push'
import type { OutgoingMessage } from '../../src/application/ports/carrier.ts'
import { allowEndpoint } from '../../src/channels/webpush/allow-endpoint.ts'
import { createWebPushCarrier } from '../../src/channels/webpush/create-webpush-carrier.ts'
import { PUSH_LIMIT, writePush } from '../../src/domain/messages/write-push.ts'
import { createPushKeys, decryptPush, toBase64Url } from '../../src/simulator/decrypt-push.ts'
import { serveWork } from './serve-work.ts'

/** Encrypts and signs so many pushes to devices of three services, with our carrier or with web-push itself. */
const PUSHES = Number(process.env.PUSHES)
const WARM_UP = 500
const DEVICES = 200
const SERVICES = [
  'https://fcm.googleapis.com/fcm/send',
  'https://updates.push.services.mozilla.com/wpush/v2',
  'https://web.push.apple.com',
]
const subject = 'mailto:ops@example.org'
const vapid = webpush.generateVAPIDKeys()

const devices = await Promise.all(
  Array.from({ length: DEVICES }, async (_, index) => {
    const keys = await createPushKeys(`device${index}`, vapid.publicKey)
    const endpoint = `${SERVICES[index % SERVICES.length]}/device${index}`
    const shared = { p256dh: toBase64Url(keys.publicKey), auth: toBase64Url(keys.auth) }
    return { keys, address: JSON.stringify({ endpoint, keys: shared }), subscription: { endpoint, keys: shared } }
  }),
)

/** What arrived last at each device. */
const arrived = new Map<string, { body: Uint8Array<ArrayBuffer>; authorised: boolean }>()
let sent = 0

async function take(url: string, init: RequestInit): Promise<Response> {
  sent++
  const authorised = /^vapid t=.+, k=/.test(new Headers(init.headers).get('authorization') ?? '')
  arrived.set(url, { body: new Uint8Array(init.body as Uint8Array<ArrayBuffer>), authorised })
  return new Response(null, { status: 201, headers: { location: url } })
}

function messageTo(address: string, index: number): OutgoingMessage {
  return {
    attemptId: `0197f5d0-0000-7000-8000-${String(index).padStart(12, '0')}.1`,
    channel: 'push',
    purpose: 'alert',
    address,
    extension: null,
    language: 'en',
    organisation: 'Harbour Works',
    kind: 'drill',
    code: '4821',
    title: 'Evacuate',
    body: 'Building 4 evacuated. Go to assembly point B.',
    responses: [{ digit: '1', code: 'safe', label: 'I am safe' }],
    link: `https://alerts.example.org/a/${String(index).padStart(43, '0')}`,
    word: null,
    raisedAt: Date.UTC(2027, 2, 1, 14, 5),
    endsAt: Date.UTC(2027, 2, 2, 2, 5),
    remark: '',
    lifetime: 43_200,
  }
}

const carrier = createWebPushCarrier({
  name: 'push',
  subject,
  vapid,
  fetch: take,
  allowEndpoint: (url) => allowEndpoint(url),
})

const senders: Record<string, (device: (typeof devices)[number], index: number) => Promise<void>> = {
  async tocsin({ address }, index) {
    const result = await carrier.send(messageTo(address, index))
    if (result.outcome !== 'accepted') throw new Error(`a push was not accepted: ${JSON.stringify(result)}`)
  },
  async webpush({ address, subscription }, index) {
    const payload = writePush(messageTo(address, index), PUSH_LIMIT)
    const details = webpush.generateRequestDetails(subscription, JSON.stringify(payload), {
      vapidDetails: { subject, ...vapid },
      contentEncoding: 'aes128gcm',
      urgency: 'high',
      TTL: 43_200,
      topic: payload.tag,
    })
    const headers = new Headers()
    for (const [name, value] of Object.entries(details.headers)) headers.set(name, String(value))
    await take(details.endpoint, { headers, body: new Uint8Array(details.body ?? []) })
  },
}

const send = senders[process.env.SENDER ?? '']
if (!send) throw new Error('SENDER is not set')
const sendMany = async (count: number) => {
  for (let index = 0; index < count; index++) {
    const device = devices[index % devices.length]
    if (device) await send(device, index)
  }
}

await sendMany(WARM_UP)
await serveWork(async () => {
  sent = 0
  await sendMany(PUSHES)
  return { sent, readable: await countReadable() }
})

/** How many devices can read what arrived last, with a signature on it. */
async function countReadable(): Promise<number> {
  let readable = 0
  for (const { keys, subscription } of devices) {
    const push = arrived.get(subscription.endpoint)
    if (push?.authorised && (await decryptPush(keys, push.body)).includes('assembly point B')) readable++
  }
  return readable
}
