import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import { type Callbacks, type Carrier, faultsApplyTo, type Outgoing } from './carrier.ts'
import { type Failure, failureOf, readOverrides } from './connection-overrides.ts'

/** How long the provider waits for a webhook, all tries together, before it reports 11205 and goes on. */
const ANSWER_WITHIN_MS = 15_000
const REPEAT_AFTER_MS = 400
const OVERTAKE_WITHIN_MS = 5_000

/** Requests leave form-encoded and signed as the provider signs: HMAC-SHA1 over the URL and the sorted parameters. */
function toRequest(outgoing: Outgoing, token: string): Request {
  const { account, method = 'POST' } = outgoing
  const target = outgoing.url.replace(/#.*$/, '')
  const form = new URLSearchParams(outgoing.params)
  const url = method === 'GET' ? `${target}${target.includes('?') ? '&' : '?'}${form}` : target
  const headers = {
    'X-Twilio-Signature': getExpectedTwilioSignature(account.authToken, url, method === 'GET' ? {} : outgoing.params),
    'I-Twilio-Idempotency-Token': token,
    'User-Agent': 'TwilioProxy/1.1',
    Accept: '*/*',
  }
  if (method === 'GET') return new Request(url, { headers })
  return new Request(url, {
    method,
    headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' },
    body: form.toString(),
  })
}

/** Builds the way out for callbacks, which obeys the duplicate and shuffle faults and never throws. */
export function createCallbacks(carrier: Carrier, fetch: (request: Request) => Promise<Response>): Callbacks {
  const held = new Map<string, () => void>()

  /** Asks once, and says how it went wrong. */
  async function askOnce(outgoing: Outgoing, token: string): Promise<{ response?: Response; failure: Failure | null }> {
    const { url, method = 'POST', params, sid } = outgoing
    const record = { url, method, params, status: 0, at: carrier.now() }
    carrier.logCallback(record)
    try {
      const tooLate = new Promise<undefined>((resolve) => carrier.later(ANSWER_WITHIN_MS, () => resolve(undefined)))
      const response = await Promise.race([fetch(toRequest(outgoing, token)), tooLate])
      if (!response) {
        carrier.report(11205, sid, `HTTP connection failure: no answer from ${url} within 15 seconds`)
        return { failure: 'rt' }
      }
      record.status = response.status
      if (!response.ok) carrier.report(11200, sid, `HTTP retrieval failure: ${response.status} from ${url}`)
      return { response, failure: failureOf(response) }
    } catch (error) {
      carrier.report(11205, sid, `HTTP connection failure: ${url}: ${error instanceof Error ? error.message : error}`)
      return { failure: 'ct' }
    }
  }

  /** Asks again, at once and with the same token, as far as the address allows it. */
  async function ask(outgoing: Outgoing, token = carrier.newSid('')): Promise<Response | undefined> {
    const { retries, retriesAfter, invalid } = readOverrides(outgoing.url)
    if (invalid) carrier.report(11243, outgoing.sid, `HTTP retry policy is invalid: ${outgoing.url}`)
    const end = carrier.now() + ANSWER_WITHIN_MS
    for (let left = retries; ; left--) {
      const { response, failure } = await askOnce(outgoing, token)
      if (failure === null || left === 0 || !retriesAfter(failure) || carrier.now() >= end) return response
    }
  }

  function post(outgoing: Outgoing): void {
    const token = carrier.newSid('')
    const send = () => carrier.track(ask(outgoing, token))
    send()
    const repeats = carrier.faults.duplicateCallbacks && faultsApplyTo(carrier.faults, outgoing.account.accountSid)
    if (repeats) carrier.later(REPEAT_AFTER_MS, send)
  }

  /** Holds a status back until the next one of the same text or call has left. */
  function hold(outgoing: Outgoing): void {
    const release = () => {
      if (held.get(outgoing.sid) !== release) return
      held.delete(outgoing.sid)
      post(outgoing)
    }
    held.set(outgoing.sid, release)
    carrier.later(OVERTAKE_WITHIN_MS, release)
  }

  function tell(outgoing: Outgoing): void {
    const { sid, account } = outgoing
    const overtaken = held.get(sid)
    const shuffles = carrier.faults.shuffleCallbacks && faultsApplyTo(carrier.faults, account.accountSid)
    if (!overtaken && shuffles) hold(outgoing)
    else post(outgoing)
    overtaken?.()
  }

  return { ask, tell }
}
