import type { SendResult } from '../../application/ports/carrier.ts'
import { pageOf, TWILIO_ERRORS, type TwilioVerdict } from './error-codes.ts'

const BY_CODE = new Map(TWILIO_ERRORS.map(({ code, verdict }) => [Number(code), verdict]))

/** What the provider's error code means; null for one that is not in the table. */
function verdictOn(code: number): TwilioVerdict | null {
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
  const reason = `the provider reports error ${code}: ${pageOf(code)}`
  const permanent = verdict === 'address' || verdict === 'opted_out' || verdict === 'message'
  return { code: `twilio.${code}`, reason, permanent, ...(verdict === 'opted_out' ? { optedOut: true } : {}) }
}
