/** A push subscription as the browser gives it (Push API, PushSubscriptionJSON). */
export interface Subscription {
  endpoint: URL
  keys: { p256dh: string; auth: string }
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Bytes in a base64url text without padding. */
function bytesIn(text: string): number {
  return Math.floor((text.length * 3) / 4)
}

/** Reads a stored subscription; null when it can never work: no address, or keys of the wrong size (RFC 8291, 3.1 and 3.2). */
export function readSubscription(text: string): Subscription | null {
  const value = parse(text)
  const endpoint = property(value, 'endpoint')
  const keys = property(value, 'keys')
  const [p256dh, auth] = ['p256dh', 'auth'].map((name) => {
    const key = property(keys, name)
    return typeof key === 'string' ? key.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_') : ''
  })
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint) || !p256dh || !auth) return null
  const wellFormed = [p256dh, auth].every((key) => /^[\w-]+$/.test(key))
  if (!wellFormed || bytesIn(p256dh) !== 65 || bytesIn(auth) < 16) return null
  return { endpoint: new URL(endpoint), keys: { p256dh, auth } }
}
