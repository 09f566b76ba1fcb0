import type { SendResult } from '../../application/ports/carrier.ts'
import type { PostAnswer, Unanswered } from './post.ts'

/**
 * How long the gateway asks to wait, milliseconds; a date is read against the answer's own `Date`, so that no clock is
 * needed (RFC 9110, 10.2.3).
 */
function waitOf({ retryAfter, date }: PostAnswer): number | null {
  const value = retryAfter?.trim() ?? ''
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  const wait = Date.parse(value) - Date.parse(date ?? '')
  return Number.isFinite(wait) ? Math.max(0, wait) : null
}

/**
 * What a gateway's answer to a message means (RFC 9110, 15; Standard Webhooks, "Operational considerations": 410 ends an
 * endpoint, 429 and 5xx ask for less).
 *
 * @param providerId names the message, since the gateway gives it no name
 */
export function readAnswer(answer: PostAnswer, providerId: string): SendResult {
  const { status } = answer
  if (status >= 200 && status < 300) return { outcome: 'accepted', providerId }
  const failure = { code: `webhook.http_${status}`, reason: `the gateway answered ${status}` }
  if (status === 410) return { outcome: 'addressGone', ...failure }
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const afterMs = waitOf(answer)
    return { outcome: 'retryLater', ...failure, ...(afterMs === null ? {} : { afterMs }) }
  }
  // A redirect is never followed: it would lead a signed message to where nobody has said it may go.
  if (status < 400 || status === 404) return { outcome: 'refused', ...failure, blame: 'address' }
  // It does not take our signature, or our messages at all: every one would fare alike.
  if (status === 401 || status === 403 || status === 405) return { outcome: 'refused', ...failure, blame: 'sender' }
  return { outcome: 'refused', ...failure, blame: 'message' }
}

/** What no answer means for the message. */
export function readSilence({ kind, uncertain }: Unanswered): SendResult {
  switch (kind) {
    case 'forbidden':
      return FORBIDDEN
    case 'timeout':
      return { outcome: 'retryLater', code: 'webhook.timeout', reason: 'no answer in time', uncertain }
    case 'unreachable':
      return { outcome: 'retryLater', code: 'webhook.unreachable', reason: 'the connection failed', uncertain }
  }
}

/** Of a target in a private network that no setting allows. */
export const FORBIDDEN: SendResult = {
  outcome: 'refused',
  code: 'webhook.target_not_allowed',
  reason: 'the address leads into a private network that "allowedTargets" does not name',
  blame: 'address',
}
