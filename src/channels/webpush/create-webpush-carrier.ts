import webpush from 'web-push'
import type { Carrier, OutgoingMessage, SendResult } from '../../application/ports/carrier.ts'
import { Problem } from '../../domain/errors.ts'
import { PUSH_LIMIT, writePush } from '../../domain/messages/write-push.ts'
import { checkSubject } from './check-subject.ts'
import { readPushAnswer } from './read-answer.ts'
import { readSubscription, type Subscription } from './read-subscription.ts'

export interface WebPushOptions {
  name: string
  /** How the operators of push services reach us: `mailto:` or `https:`. */
  subject: string
  /** The service's key pair, base64url (RFC 8292). */
  vapid: { publicKey: string; privateKey: string }
  fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Whether a push may be sent there: endpoints come from browsers and must not point into our own network. */
  allowEndpoint: (url: URL) => boolean
}

const TIMEOUT_MS = 15_000
/** For a service that finds the usual size too large. */
const SMALL_PUSH = 1_200
/** What is read of an answer; more is never needed, and whoever is behind an endpoint could send without end. */
const LONGEST_ANSWER = 4_096
/** Push services keep nothing longer than four weeks. */
const LONGEST_LIFETIME = 2_419_200

function checkOptions({ name, subject, vapid }: WebPushOptions): void {
  const fault = checkSubject(subject)
  if (fault) {
    throw new Problem(
      'invalid',
      'push.subject',
      `The subject "${subject}" of carrier "${name}" will not do: ${fault}.`,
      {
        field: 'subject',
      },
    )
  }
  if (!/^[\w-]{87}$/.test(vapid.publicKey) || !/^[\w-]{43}$/.test(vapid.privateKey)) {
    const message = `Carrier "${name}" needs a pair of VAPID keys in base64url: 65 and 32 bytes.`
    throw new Problem('invalid', 'push.vapid_keys', message, { field: 'vapid' })
  }
}

/** Encrypts and signs one push; null when the subscription's key is no point on the curve. */
function prepare(
  { subject, vapid }: WebPushOptions,
  subscription: Subscription,
  message: OutgoingMessage,
  limit: number,
) {
  const payload = writePush(message, limit)
  try {
    return webpush.generateRequestDetails(
      { endpoint: subscription.endpoint.href, keys: subscription.keys },
      JSON.stringify(payload),
      {
        vapidDetails: { subject, ...vapid },
        contentEncoding: 'aes128gcm',
        urgency: 'high',
        TTL: Math.min(LONGEST_LIFETIME, Math.max(60, Math.floor(message.lifetime))),
        // What waits for a sleeping phone is replaced, so that it wakes to the latest word and not to five.
        topic: payload.tag,
      },
    )
  } catch {
    return null
  }
}

async function post(options: WebPushOptions, subscription: Subscription, message: OutgoingMessage, limit: number) {
  const details = prepare(options, subscription, message, limit)
  if (!details) {
    const reason = 'the subscription cannot be encrypted to'
    return { outcome: 'addressGone', code: 'push.subscription_invalid', reason } as const
  }
  const headers = new Headers()
  for (const [name, value] of Object.entries(details.headers)) {
    if (name !== 'Content-Length') headers.set(name, String(value))
  }
  try {
    const response = await options.fetch(details.endpoint, {
      method: 'POST',
      headers,
      body: new Uint8Array(details.body ?? []),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const answer = { status: response.status, body: await readStart(response), headers: response.headers }
    return readPushAnswer(answer, message.attemptId)
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    const reason = timedOut ? `no answer within ${TIMEOUT_MS / 1000} s` : 'the connection failed'
    return {
      outcome: 'retryLater',
      code: timedOut ? 'push.timeout' : 'push.unreachable',
      reason,
      uncertain: true,
    } as const
  }
}

/** The first kilobytes of an answer as text; the rest is not fetched. */
async function readStart(response: Response): Promise<string> {
  if (!response.body) return ''
  const decoder = new TextDecoder()
  let text = ''
  let left = LONGEST_ANSWER
  const reader = response.body.getReader()
  while (left > 0) {
    const { done, value } = await reader.read()
    if (done) return text
    text += decoder.decode(value.subarray(0, left), { stream: true })
    left -= value.length
  }
  // Nobody waits for the end of what nobody reads.
  reader.cancel().catch(() => {})
  return text
}

/** Why nothing can ever be sent to a device; null when it can. */
function checkDevice(options: WebPushOptions, subscription: Subscription | null): Problem | null {
  if (!subscription) {
    const message = 'This subscription cannot be read. Let the browser subscribe again.'
    return new Problem('invalid', 'push.subscription_invalid', message, { field: 'keys' })
  }
  if (options.allowEndpoint(subscription.endpoint)) return null
  const message = 'This endpoint does not lie in the public internet, so nothing can be sent to it.'
  return new Problem('invalid', 'push.endpoint_not_allowed', message, { field: 'endpoint' })
}

/**
 * A carrier for Web Push (RFC 8030) with the message encrypted to the device (RFC 8291).
 *
 * Throws a Problem `push.subject` or `push.vapid_keys` for a configuration that some push service would refuse.
 */
export function createWebPushCarrier(options: WebPushOptions): Carrier {
  checkOptions(options)
  return {
    name: options.name,
    channels: ['push'],
    perSecond: () => null,
    check: (address) => checkDevice(options, readSubscription(address)),
    async send(message): Promise<SendResult> {
      const subscription = readSubscription(message.address)
      const problem = checkDevice(options, subscription)
      if (!subscription) {
        const reason = 'the subscription cannot be read'
        return { outcome: 'addressGone', code: 'push.subscription_invalid', reason }
      }
      if (problem) return { outcome: 'refused', code: problem.code, reason: problem.message, blame: 'address' }
      const result = await post(options, subscription, message, PUSH_LIMIT)
      const shrink = result.outcome === 'refused' && result.code === 'push.too_large'
      return shrink ? post(options, subscription, message, SMALL_PUSH) : result
    },
  }
}
