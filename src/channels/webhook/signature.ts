import { Webhook } from 'standardwebhooks'
import { isSameSecret } from '../../domain/access/same-secret.ts'

/** How far the time of a callback may lie from ours: Standard Webhooks, "Verifying webhook authenticity". */
const TOLERANCE_S = 300

/** The three headers that a request is signed with. */
export interface SignedHeaders {
  'webhook-id': string
  'webhook-timestamp': string
  'webhook-signature': string
}

/**
 * Signs a body after the Standard Webhooks specification
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 *
 * @param secret base64, also with its prefix `whsec_`
 * @param now UTC milliseconds
 */
export function sign(secret: string, id: string, body: string, now: number): SignedHeaders {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, new Date(now), body),
  }
}

/**
 * The id of a request that carries a right signature of our time; null for every other. The library's own check reads the
 * machine's clock, ours the one that is passed in.
 */
export function provenId(secret: string, headers: Headers, body: string, now: number): string | null {
  const id = headers.get('webhook-id') ?? ''
  const timestamp = headers.get('webhook-timestamp') ?? ''
  if (id === '' || id.length > 200 || !/^\d{1,12}$/.test(timestamp)) return null
  const at = Number(timestamp)
  if (String(at) !== timestamp || Math.abs(now / 1000 - at) > TOLERANCE_S) return null
  const right = new Webhook(secret).sign(id, new Date(at * 1000), body)
  // Several stand there while the gateway changes its secret.
  const given = (headers.get('webhook-signature') ?? '').split(' ')
  return given.some((one) => isSameSecret(one, right)) ? id : null
}
