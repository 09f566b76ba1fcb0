import type { SendResult } from '../../application/ports/carrier.ts'

/**
 * - `opted_out`: the addressee told the provider to stop.
 * - `address`: this number cannot get such a message; another number may.
 * - `sender`: our number, account or its permissions; every message by it fares alike.
 * - `message`: this text, whoever gets it.
 * - `retry`: passes by itself.
 */
type Verdict = 'opted_out' | 'address' | 'sender' | 'message' | 'retry'

// Each code has a page: https://www.twilio.com/docs/api/errors/21610 and so on.
const VERDICTS: Record<Verdict, readonly number[]> = {
  opted_out: [21610],
  address: [
    13223, 13224, 13225, 13226, 21201, 21211, 21214, 21217, 21265, 21266, 21604, 21612, 21614, 21635, 30004, 30005,
    30006,
  ],
  sender: [
    10001, 13227, 20404, 21203, 21205, 21206, 21210, 21212, 21213, 21215, 21216, 21219, 21408, 21601, 21603, 21606,
    21607, 21608, 21609, 21659, 21660, 21661, 21703, 21705, 30002, 30007, 30010, 30032, 30034, 90007,
  ],
  message: [21602, 21605, 21617, 21619],
  // 20003 is no verdict on the message: wrong credentials are mended by a human while another carrier takes over.
  retry: [20003, 20429, 20500, 20503, 21611, 30001, 30003, 30008, 30022, 30023, 30036, 30410],
}

const BY_CODE = new Map(
  Object.entries(VERDICTS).flatMap(([verdict, codes]) => codes.map((code) => [code, verdict as Verdict] as const)),
)

/** What the provider's error code means; null for one that is not in the table. */
function verdictOn(code: number): Verdict | null {
  return BY_CODE.get(code) ?? null
}

/** A refusal in the provider's words. */
export interface Refusal {
  /** HTTP status. */
  status: number
  /** The provider's error code; null when the answer held none. */
  code: number | null
  reason: string
  /** How long the provider asks to wait, milliseconds. */
  afterMs: number | null
}

/** What a refusal of a request means for the message. Unknown codes: a client error is final, a server error is not. */
export function resultOf(refusal: Refusal): SendResult {
  const { status, reason } = refusal
  const code = `twilio.${refusal.code ?? `http_${status}`}`
  const temporary = status === 401 || status === 403 || status === 408 || status === 429 || status >= 500
  const verdict = (refusal.code === null ? null : verdictOn(refusal.code)) ?? (temporary ? 'retry' : 'unknown')
  switch (verdict) {
    case 'retry':
      return { outcome: 'retryLater', code, reason, ...(refusal.afterMs === null ? {} : { afterMs: refusal.afterMs }) }
    case 'opted_out':
      return { outcome: 'refused', code, reason, blame: 'address', optedOut: true }
    case 'address':
    case 'message':
      return { outcome: 'refused', code, reason, blame: verdict }
    // An unknown code, or a redirect: nobody can say that the number or the text is bad.
    case 'sender':
    case 'unknown':
      return { outcome: 'refused', code, reason, blame: 'sender' }
  }
}

/** What a failure reported later means. `permanent`: another try at the same number cannot help. */
export function failureOf(code: number): { code: string; reason: string; permanent: boolean; optedOut?: boolean } {
  const verdict = verdictOn(code)
  const reason = `the provider reports error ${code}: https://www.twilio.com/docs/api/errors/${code}`
  const permanent = verdict === 'address' || verdict === 'opted_out' || verdict === 'message'
  return { code: `twilio.${code}`, reason, permanent, ...(verdict === 'opted_out' ? { optedOut: true } : {}) }
}
