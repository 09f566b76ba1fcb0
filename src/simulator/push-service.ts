import type { Carrier } from './carrier.ts'
import { checkVapid } from './check-vapid.ts'
import { createPushKeys, decryptPush, toBase64Url } from './decrypt-push.ts'
import type { Phone, PhoneNotification } from './phone.ts'
import type { PhoneBook } from './phone-book.ts'

/** What a browser hands to the application after subscribing. */
export interface PushSubscriptionJson {
  endpoint: string
  expirationTime: null
  keys: { p256dh: string; auth: string }
}

export interface PushService {
  /** Makes a subscription for a phone, or returns the one it has. */
  subscribe(number: string, applicationServerKey?: string): Promise<PushSubscriptionJson>
  /** Answers `POST /push/:id` (RFC 8030). */
  receive(id: string, request: Request): Promise<Response>
  /** Presses a button of a notification; whether it could is returned. */
  tap(phone: Phone, notificationId: string, action: string): boolean
}

const BODY_LIMIT = 4096

interface Parts {
  carrier: Carrier
  book: PhoneBook
  fetch: (request: Request) => Promise<Response>
  publicUrl: string
}

export function createPushService({ carrier, book, fetch, publicUrl }: Parts): PushService {
  const owners = new Map<string, Phone>()
  const inPreparation = new Map<string, Promise<unknown>>()

  /** Requests a service worker would make: plain JSON, no cookie, a failure changes nothing here. */
  function post(url: string, body: unknown): void {
    const headers = { 'Content-Type': 'application/json' }
    const send = async () => fetch(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }))
    carrier.track(send().catch((error) => carrier.report(0, '', `Push answer to ${url} failed: ${error}`)))
  }

  async function subscribe(number: string, applicationServerKey?: string): Promise<PushSubscriptionJson> {
    const phone = book.at(number)
    await inPreparation.get(number)
    if (!phone.push || phone.push.ended !== null) {
      const work = createPushKeys(carrier.newSid(''), applicationServerKey ?? null)
      inPreparation.set(number, work)
      phone.push = await work
      owners.set(phone.push.endpointId, phone)
      book.changed(phone)
    }
    const { endpointId, publicKey, auth } = phone.push
    const keys = { p256dh: toBase64Url(publicKey), auth: toBase64Url(auth) }
    return { endpoint: `${publicUrl}/push/${endpointId}`, expirationTime: null, keys }
  }

  async function receive(id: string, request: Request): Promise<Response> {
    const phone = owners.get(id)
    const keys = phone?.push
    if (!phone || !keys || keys.endpointId !== id) return new Response('unknown subscription', { status: 404 })
    if (keys.ended) return new Response('push subscription has unsubscribed or expired.', { status: keys.ended })
    if (phone.pushAnswer !== null) return refusal(phone.pushAnswer)
    const ttl = request.headers.get('TTL') ?? ''
    if (!/^\d+$/.test(ttl)) return new Response('{"reason":"MissingTTL"}', { status: 400 })
    const origin = new URL(publicUrl).origin
    const expected = { origin, now: carrier.now(), applicationServerKey: keys.applicationServerKey }
    const verdict = await checkVapid(request.headers.get('Authorization'), expected)
    if (verdict) return Response.json({ reason: verdict.reason }, { status: verdict.status })
    const body = new Uint8Array(await request.arrayBuffer())
    if (body.length > BODY_LIMIT) return new Response(null, { status: 413 })
    const encoding = request.headers.get('Content-Encoding')
    if (body.length > 0 && encoding !== 'aes128gcm') return new Response('{"reason":"BadEncoding"}', { status: 400 })
    const headers = {
      ttl: Number(ttl),
      urgency: request.headers.get('Urgency') ?? 'normal',
      topic: request.headers.get('Topic') ?? '',
    }
    const messageId = carrier.newSid('')
    await show(phone, body, messageId, headers)
    return new Response(null, { status: 201, headers: { Location: `${publicUrl}/push-messages/${messageId}` } })
  }

  async function show(phone: Phone, body: Uint8Array<ArrayBuffer>, id: string, headers: PushHeaders): Promise<void> {
    try {
      if (!phone.push) return
      const payload = readPayload(await decryptPush(phone.push, body))
      const notification = { ...payload.notification, id, at: carrier.now(), pressed: null, ...headers }
      book.keepNotification(phone, notification)
      if (payload.shownUrl) post(payload.shownUrl, {})
    } catch (error) {
      phone.lostPushes += 1
      carrier.report(0, id, `Push not shown: ${error instanceof Error ? error.message : error}`)
    }
  }

  function tap(phone: Phone, notificationId: string, action: string): boolean {
    const notification = phone.notifications.find(({ id }) => id === notificationId)
    if (!notification || notification.pressed !== null) return false
    const known = notification.actions.some((button) => button.action === action)
    if (!known || notification.answerUrl === null) return false
    notification.pressed = action
    book.changed(phone)
    post(notification.answerUrl, { response: action, channel: 'push' })
    return true
  }

  return { subscribe, receive, tap }
}

type PushHeaders = Pick<PhoneNotification, 'ttl' | 'urgency' | 'topic'>

function refusal(status: number): Response {
  const headers: Record<string, string> = status === 429 || status === 503 ? { 'Retry-After': '30' } : {}
  return new Response(null, { status, headers })
}

function readPayload(source: string) {
  const parsed: unknown = JSON.parse(source)
  const payload: Record<string, unknown> = typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
  const text = (name: string) => (typeof payload[name] === 'string' ? payload[name] : '')
  const actions = (Array.isArray(payload.actions) ? payload.actions : []).flatMap((item: unknown) => {
    const button: Record<string, unknown> = typeof item === 'object' && item !== null ? { ...item } : {}
    const { action, title } = button
    return typeof action === 'string' && typeof title === 'string' ? [{ action, title }] : []
  })
  if (text('title') === '') throw new Error('the payload has no title, so nothing would be shown')
  const link = (name: string) => (URL.canParse(text(name)) ? text(name) : null)
  return {
    notification: {
      title: text('title'),
      body: text('body'),
      url: text('url'),
      tag: text('tag'),
      actions,
      answerUrl: link('answerUrl'),
    },
    shownUrl: link('shownUrl'),
  }
}
