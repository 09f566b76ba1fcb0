import type { SendResult } from '../../application/ports/carrier.ts'

/** What a push service answered. */
export interface PushAnswer {
  status: number
  body: string
  headers: Headers
}

const READABLE_REASON = 200

/** What Apple, Google and Mozilla say when a subscription was made with another of our keys. */
const KEY_MISMATCH = /VapidPkHashMismatch|does not correspond to the sender ID|public key mismatch|sender ?id mismatch/i

/** Mozilla says it with 400 and errno 104, others in words. */
const TOO_LARGE = /"errno"\s*:\s*104\b|(?:payload|message)[ _]?(?:is )?[ _]?too[ _]?(?:large|big)/i

/**
 * How long the service asks to wait, milliseconds; a date is read against the answer's own `Date`, so that no clock is
 * needed (RFC 9110, 10.2.3).
 */
function waitOf(headers: Headers): number | null {
  const value = headers.get('retry-after')?.trim()
  if (!value) return null
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const wait = Date.parse(value) - Date.parse(headers.get('date') ?? '')
  return Number.isFinite(wait) ? Math.max(0, wait) : null
}

function later(code: string, reason: string, headers: Headers): SendResult {
  const afterMs = waitOf(headers)
  return { outcome: 'retryLater', code, reason, ...(afterMs === null ? {} : { afterMs }) }
}

function refused(code: string, reason: string, blame: 'address' | 'sender' | 'message'): SendResult {
  return { outcome: 'refused', code, reason, blame }
}

/**
 * What a push service's answer means (RFC 8030, 5 and 7.3; RFC 8292, 4.2). 201 says that the service took the message,
 * not that a device has it.
 *
 * @param fallbackId names the message where the service gives it no address
 */
export function readPushAnswer({ status, body, headers }: PushAnswer, fallbackId: string): SendResult {
  const said = body.trim().slice(0, READABLE_REASON)
  const reason = `the push service answered ${status}${said === '' ? '' : `: ${said}`}`
  if (status >= 200 && status < 300) {
    return { outcome: 'accepted', providerId: headers.get('location') ?? fallbackId }
  }
  if (status >= 400 && status < 500 && KEY_MISMATCH.test(body)) {
    return { outcome: 'addressGone', code: 'push.key_mismatch', reason }
  }
  if (status >= 500) return later('push.service_failing', reason, headers)
  switch (status) {
    case 404:
    case 410:
      return { outcome: 'addressGone', code: 'push.gone', reason }
    case 401:
    case 403:
      return refused('push.not_authorised', reason, 'sender')
    case 413:
      return refused('push.too_large', reason, 'message')
    // Windows' service throttles with 406.
    case 406:
    case 408:
    case 425:
    case 429:
      return later('push.throttled', reason, headers)
    case 400:
      return refused(TOO_LARGE.test(body) ? 'push.too_large' : 'push.bad_request', reason, 'message')
    default:
      return refused(status < 400 ? 'push.redirected' : 'push.refused', reason, status < 400 ? 'address' : 'message')
  }
}
