import type { OutgoingMessage, SendResult } from '../../application/ports/carrier.ts'
import { isGsm7 } from '../../domain/messages/measure-sms.ts'
import { writeSms } from '../../domain/messages/write-sms.ts'
import { readAnswer } from './read-answer.ts'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** How the gateway is asked to send. */
export interface GatewayAccount {
  /** Of its `sendsms`; parameters that it already has are kept, such as `smsc`. */
  url: string
  username: string
  password: string
  /** The number or name that texts come from; without it the gateway uses its own. */
  from?: string | undefined
}

const TIMEOUT_MS = 15_000
/** The longest validity that a text can have (3GPP TS 23.040, 9.2.3.12.1: 63 weeks), minutes. */
const LONGEST_VALIDITY = 635_040
/** Every kind of report: delivered 1, lost 2, waits for the phone 4, taken by the network 8, refused by it 16. */
const ALL_REPORTS = '31'
/** Kannel's coding of a text: 7 bits, or UCS-2 (UTF-16 in fact, so that emoji survive). */
const CODING = { gsm7: '0', ucs2: '2' }

/**
 * Where the gateway reports on an attempt. `%d` and the like are filled in by the gateway, so that nothing else in the
 * address may hold a percent sign.
 */
function reportUrlOf(reportUrl: string, attemptId: string): string {
  return `${reportUrl}?attempt=${attemptId}&type=%d&answer=%A`
}

function requestUrl(account: GatewayAccount, reportUrl: string, message: OutgoingMessage): string {
  const text = writeSms(message)
  const url = new URL(account.url)
  const parameters = {
    username: account.username,
    password: account.password,
    ...(account.from === undefined ? {} : { from: account.from }),
    to: message.address,
    text,
    coding: isGsm7(text) ? CODING.gsm7 : CODING.ucs2,
    charset: 'UTF-8',
    validity: String(Math.min(LONGEST_VALIDITY, Math.max(1, Math.ceil(message.lifetime / 60)))),
    'dlr-mask': ALL_REPORTS,
    'dlr-url': reportUrlOf(reportUrl, message.attemptId),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}

/**
 * Hands over one text by GET, which every gateway of this kind understands: Kannel takes a POST only with headers of its
 * own. The gateway cuts the text into segments. No answer means "try again": a duplicate beats silence.
 * Redirects are not followed: they would carry the password elsewhere.
 *
 * @param reportUrl where the gateway reports how a text fared
 */
export async function sendText(
  fetch: Fetch,
  account: GatewayAccount,
  reportUrl: string,
  message: OutgoingMessage,
): Promise<SendResult> {
  const url = requestUrl(account, reportUrl, message)
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return readAnswer(response.status, await response.text(), message.attemptId)
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    // The error itself may name the address, and the address holds the password.
    const reason = timedOut ? `no answer within ${TIMEOUT_MS / 1000} s` : 'the connection failed'
    const code = timedOut ? 'sms-gateway.timeout' : 'sms-gateway.unreachable'
    return { outcome: 'retryLater', code, reason, uncertain: !isRefusedConnection(error) }
  }
}

/** Nothing listened there, as while the gateway restarts: it cannot have the text. */
function isRefusedConnection(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED'
}
