import { giveAnswer, type Outcome, type QueuedAnswer, sendKept } from './offline/answer-queue.ts'
import { type PushMessage, readMessage } from './push/read-message.ts'
import { keepSubscription } from './push/subscription.ts'
import { matchRoute } from './routes.ts'
import type { SubscriptionChangeEvent, WorkerNotificationOptions, WorkerScope } from './sw-scope.ts'
import { workerTexts } from './texts.ts'

declare const self: WorkerScope
declare const __FILES__: string[]
declare const __VERSION__: string

const CACHE = `app-${__VERSION__}`
const files = new Set(__FILES__)
const origin = self.location.origin

self.addEventListener('install', (event) => event.waitUntil(install()))
self.addEventListener('activate', (event) => event.waitUntil(activate()))
self.addEventListener('sync', (event) => event.waitUntil(flush()))
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(resubscribe(event)))

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== origin) return
  const page = event.request.mode === 'navigate' && matchRoute(url.pathname) !== null
  if (page || files.has(url.pathname)) event.respondWith(fromCache(page ? '/' : url.pathname, event.request))
})

self.addEventListener('push', (event) => {
  const message = readMessage(payloadOf(event.data), origin)
  event.waitUntil(show(message))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const message: PushMessage = event.notification.data ?? readMessage(null, origin)
  const answering = event.action !== '' && message.answerUrl !== null
  event.waitUntil(answering ? answer(message, event.action, message.answerUrl ?? '') : open(message.url))
})

async function install(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.addAll([...files].map((file) => new Request(file, { cache: 'reload' })))
  await self.skipWaiting()
}

async function activate(): Promise<void> {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name)
  await self.clients.claim()
  await flush().catch(() => undefined)
}

async function fromCache(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request)
}

function payloadOf(data: { json(): unknown } | null): unknown {
  try {
    return data?.json()
  } catch {
    return null
  }
}

async function show(message: PushMessage): Promise<void> {
  const options: WorkerNotificationOptions = {
    ...{ body: message.body, tag: message.tag, renotify: true, requireInteraction: !message.ended, data: message },
    ...{ icon: '/icon-192.png', badge: '/badge-96.png', actions: message.actions },
  }
  await self.registration.showNotification(message.title, options)
  for (const client of await self.clients.matchAll({ type: 'window', includeUncontrolled: true })) {
    client.postMessage({ type: 'pushed' })
  }
  await Promise.allSettled([message.shownUrl ? post(message.shownUrl) : null, flush()])
}

/** Tells the service that the notification is on the screen; only a report, so a failure is let go. */
async function post(path: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const signal = AbortSignal.timeout(10_000)
  await fetch(path, { method: 'POST', headers, body: '{}', credentials: 'omit', signal }).catch(() => undefined)
}

async function answer(message: PushMessage, action: string, url: string): Promise<void> {
  const label = message.actions.find((option) => option.action === action)?.title ?? action
  const queued: QueuedAnswer = {
    ...{ url, body: { response: action, channel: 'push', at: new Date().toISOString() }, act: crypto.randomUUID() },
    ...{ credentials: 'omit', label, tag: message.tag, title: message.title },
  }
  await tell(queued, await giveAnswer(queued, self.registration), message)
}

/** Tells open pages what became of an answer, and replaces the notification by it. */
async function tell(queued: QueuedAnswer, outcome: Outcome, message?: PushMessage): Promise<void> {
  for (const client of await self.clients.matchAll({ type: 'window', includeUncontrolled: true })) {
    client.postMessage({ type: 'settled', answer: queued, outcome })
  }
  if (queued.tag === undefined) return
  const options: WorkerNotificationOptions = {
    body: workerTexts[outcome](queued.label),
    tag: queued.tag,
    icon: '/icon-192.png',
  }
  const data = message ?? readMessage({ tag: queued.tag }, origin)
  await self.registration.showNotification(queued.title ?? workerTexts.unreadable.title, { ...options, data })
}

async function flush(): Promise<void> {
  const left = await sendKept(tell)
  if (left > 0) throw new Error(`${left} answers are still kept`)
}

async function open(path: string): Promise<void> {
  const url = new URL(path, origin).href
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const shown = windows.find((client) => client.url === url)
  await (shown ? shown.focus() : self.clients.openWindow(url))
}

async function resubscribe(event: SubscriptionChangeEvent): Promise<void> {
  const options = event.oldSubscription?.options
  const key = options?.applicationServerKey
  const subscription =
    event.newSubscription ??
    (key ? await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }) : null)
  if (subscription) await keepSubscription(subscription)
}
