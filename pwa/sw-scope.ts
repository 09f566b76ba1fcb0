/** The part of the service worker's world that is used here: TypeScript's own library for it cannot live beside the page's. */
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}

interface WorkerFetchEvent extends ExtendableEvent {
  request: Request
  respondWith(response: Promise<Response>): void
}

interface WorkerPushEvent extends ExtendableEvent {
  data: { json(): unknown } | null
}

interface WorkerClickEvent extends ExtendableEvent {
  action: string
  notification: Notification
}

export interface SubscriptionChangeEvent extends ExtendableEvent {
  newSubscription?: PushSubscription | null
  oldSubscription?: PushSubscription | null
}

interface WorkerClient {
  url: string
  focus(): Promise<WorkerClient>
  postMessage(message: unknown): void
}

interface WorkerEvents {
  install: ExtendableEvent
  activate: ExtendableEvent
  fetch: WorkerFetchEvent
  push: WorkerPushEvent
  notificationclick: WorkerClickEvent
  pushsubscriptionchange: SubscriptionChangeEvent
  sync: ExtendableEvent
}

export interface WorkerScope {
  location: Location
  registration: ServiceWorkerRegistration
  clients: {
    claim(): Promise<void>
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<WorkerClient[]>
    openWindow(url: string): Promise<WorkerClient | null>
  }
  skipWaiting(): Promise<void>
  addEventListener<K extends keyof WorkerEvents>(type: K, listener: (event: WorkerEvents[K]) => void): void
}

/** What notifications may carry in a service worker beyond what pages may give them. */
export type WorkerNotificationOptions = NotificationOptions & {
  renotify?: boolean
  actions?: { action: string; title: string }[]
}
