import { request } from '../api/request.ts'
import { nameDevice } from './name-device.ts'

/** Tells the service where to push to. Throws as any request does. */
export async function keepSubscription(subscription: PushSubscription): Promise<void> {
  const device = nameDevice(navigator.userAgent)
  await request('POST', '/my/push-subscription', { json: { ...subscription.toJSON(), device } })
}

/** Tells the service that this address is no longer used. */
export async function dropSubscription(endpoint: string): Promise<void> {
  await request('DELETE', '/my/push-subscription', { json: { endpoint } })
}

/** Whether a subscription was made for this server key (base64url). */
export function madeFor(subscription: PushSubscription, vapidPublicKey: string): boolean {
  const key = subscription.options.applicationServerKey
  if (!key) return true
  const text = btoa(String.fromCharCode(...new Uint8Array(key)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') === vapidPublicKey.replaceAll('=', '')
}
