import { useCallback, useEffect, useState } from 'preact/hooks'
import { dropSubscription, keepSubscription, madeFor } from './subscription.ts'

export type DeviceState =
  | 'checking'
  | 'unsupported'
  | 'install'
  | 'no-key'
  | 'denied'
  | 'off'
  | 'on'
  | 'busy'
  | 'failed'

interface Device {
  state: DeviceState
  turnOn(): void
  turnOff(): void
}

/** Whether this device is alerted by push, and the way to change it. Asks for permission only when told to. */
export function useDevice(vapidPublicKey: string | null): Device {
  const [state, setState] = useState<DeviceState>('checking')

  useEffect(() => {
    void look(vapidPublicKey).then(setState, () => setState('failed'))
  }, [vapidPublicKey])

  const change = useCallback(
    (act: (registration: ServiceWorkerRegistration, key: string) => Promise<DeviceState>) => {
      if (vapidPublicKey === null) return
      setState('busy')
      void navigator.serviceWorker.ready
        .then((registration) => act(registration, vapidPublicKey))
        .then(setState, () => setState('failed'))
    },
    [vapidPublicKey],
  )
  const turnOn = () => {
    // Asked before anything else: browsers allow the question only at the very moment of the tap.
    const permission = Notification.requestPermission()
    change((registration, key) => subscribe(registration, key, permission))
  }
  return { state, turnOn, turnOff: () => change(unsubscribe) }
}

async function look(key: string | null): Promise<DeviceState> {
  if (!('serviceWorker' in navigator)) return 'unsupported'
  if (!('PushManager' in window) || !('Notification' in window)) {
    return /iPhone|iPad/.test(navigator.userAgent) ? 'install' : 'unsupported'
  }
  if (key === null) return 'no-key'
  if (Notification.permission === 'denied') return 'denied'
  const registration = await navigator.serviceWorker.getRegistration()
  const subscription = await registration?.pushManager.getSubscription()
  if (!registration || !subscription || Notification.permission !== 'granted') return 'off'
  // Said again at each start: the service may have lost or given up this address meanwhile.
  if (madeFor(subscription, key)) await keepSubscription(subscription).catch(() => undefined)
  else await subscribe(registration, key, Promise.resolve('granted'))
  return 'on'
}

async function subscribe(
  registration: ServiceWorkerRegistration,
  key: string,
  permission: Promise<NotificationPermission>,
): Promise<DeviceState> {
  const given = await permission
  if (given !== 'granted') return given === 'denied' ? 'denied' : 'off'
  const old = await registration.pushManager.getSubscription()
  if (old && !madeFor(old, key)) await old.unsubscribe()
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  await keepSubscription(subscription)
  return 'on'
}

async function unsubscribe(registration: ServiceWorkerRegistration): Promise<DeviceState> {
  const subscription = await registration.pushManager.getSubscription()
  if (subscription) {
    await dropSubscription(subscription.endpoint)
    await subscription.unsubscribe()
  }
  return 'off'
}
