import type { SendResult } from '../../application/ports/carrier.ts'

/**
 * - `accepted`: taken, also when it waits for the line: the gateway keeps it and sends it by itself. Handing it over
 *   again would put it into the same queue twice.
 * - `retry`: passes by itself, or is mended by a human while another carrier takes over.
 * - `sender`: this gateway cannot or may not send it; another carrier may.
 * - `message`: this text, whoever gets it.
 * - `address`: this number, whoever sends to it.
 */
type Verdict = 'accepted' | 'retry' | 'sender' | 'message' | 'address'

interface Meaning {
  code: string
  said: RegExp
  verdict: Verdict
  meaning: string
}

// Kannel 1.4.5: userguide, table 7-16 "SMS Push reply codes", for 202 and 503; the texts of 4xx, of which the guide says
// "varies", are those of its gw/smsbox.c. The status alone does not tell them apart: 403 is both a wrong password and a
// number that no line of the gateway serves.
/** What a gateway says at the beginning of its answer, and what it means. */
export const GATEWAY_ANSWERS: readonly Meaning[] = [
  { code: 'accepted', said: /^0: /, verdict: 'accepted', meaning: 'taken' },
  { code: 'queued', said: /^3: /, verdict: 'accepted', meaning: 'taken, and waits for the line' },
  {
    code: 'authorization',
    said: /^Authorization failed/i,
    verdict: 'retry',
    meaning: 'wrong user, password or calling address',
  },
  { code: 'temporary', said: /^Temporal failure/i, verdict: 'retry', meaning: 'it cannot take anything at present' },
  {
    code: 'not_routable',
    said: /^Not routable/i,
    verdict: 'sender',
    meaning: 'no line of the gateway serves this number',
  },
  {
    code: 'denied',
    said: /denied by white- and\/or black-lists/i,
    verdict: 'sender',
    meaning: 'a list of the gateway denies this number',
  },
  { code: 'sender_missing', said: /^Sender missing/i, verdict: 'sender', meaning: 'no number to send from' },
  { code: 'receiver', said: /^(Missing|Empty) receiver/i, verdict: 'address', meaning: 'no number to send to' },
  {
    code: 'text',
    said: /^(Charset or body|UDH field|Coding field|Validity field) /i,
    verdict: 'message',
    meaning: 'a part of the text cannot be read',
  },
  {
    code: 'report_address',
    said: /^DLR-(URL|Mask) field/i,
    verdict: 'sender',
    meaning: 'the address for reports cannot be read',
  },
]

const READABLE_REASON = 200

/** By the status alone: what may pass, and what this gateway will never take (RFC 9110, 15.5 and 15.6). */
function meaningOfStatus(status: number): { code: string; verdict: Verdict } {
  // A success that nobody can read may be none: a duplicate beats silence.
  if (status >= 200 && status < 300) return { code: 'unreadable_answer', verdict: 'retry' }
  const passes = status === 401 || status === 403 || status === 408 || status === 429 || status >= 500
  return { code: `http_${status}`, verdict: passes ? 'retry' : 'sender' }
}

/**
 * What the gateway's answer to a text means.
 *
 * @param providerId names the message, since the gateway gives it no name
 */
export function readAnswer(status: number, body: string, providerId: string): SendResult {
  const said = body.trim().slice(0, READABLE_REASON)
  const known = GATEWAY_ANSWERS.find((meaning) => meaning.said.test(said))
  // The text of a success counts only with a status of success.
  const fits = known && (known.verdict !== 'accepted' || (status >= 200 && status < 300))
  const { code, verdict } = fits ? known : meaningOfStatus(status)
  if (verdict === 'accepted') return { outcome: 'accepted', providerId }
  const failure = { code: `sms-gateway.${code}`, reason: `the gateway answered ${status}${said && `: ${said}`}` }
  if (verdict === 'retry') {
    // What cannot be read may have been a yes.
    return { outcome: 'retryLater', ...failure, ...(code === 'unreadable_answer' ? { uncertain: true } : {}) }
  }
  return { outcome: 'refused', ...failure, blame: verdict }
}
