import type { OutgoingMessage, SendResult } from '../../application/ports/carrier.ts'
import { createSmsPreparer, type PreparedSms } from '../../domain/messages/prepare-sms.ts'
import type { Api } from './api-client.ts'
import { type CallbackBase, callbackUrl, encodeParameter, REPEATS } from './callback-url.ts'
import { encodeValue } from './encode-form.ts'
import { handOver } from './hand-over.ts'

/** What the provider takes as a validity period, seconds: https://www.twilio.com/docs/api/errors/90007 */
const SHORTEST_VALIDITY = 60
const LONGEST_VALIDITY = 36_000

/** Who a text comes from: one number, or the provider's choice among the numbers of a messaging service. */
export type TextSender = { from: string } | { messagingServiceSid: string }

/**
 * Writes the form of a text as the SDK's `messages.create` would, byte for byte (a test holds the two equal). What is
 * the same for all recipients of an alert is written once.
 */
export function createTextEncoder(base: CallbackBase, sender: TextSender): (message: OutgoingMessage) => string {
  const prepare = createSmsPreparer()
  const encoded = new WeakMap<PreparedSms, PreparedSms>()
  const encodeOnce = (text: PreparedSms) => {
    const known = encoded.get(text)
    if (known) return known
    const made = { before: encodeValue(text.before), after: text.after === null ? null : encodeValue(text.after) }
    encoded.set(text, made)
    return made
  }
  const callback = encodeValue(callbackUrl(base, 'status', { attempt: '' }).slice(0, -REPEATS.length))
  const repeats = encodeValue(REPEATS)
  const from =
    'from' in sender
      ? `From=${encodeValue(sender.from)}`
      : `MessagingServiceSid=${encodeValue(sender.messagingServiceSid)}`
  return (message) => {
    // It waits in the provider's queue no longer than it is of use.
    const validity = Math.min(LONGEST_VALIDITY, Math.max(SHORTEST_VALIDITY, Math.floor(message.lifetime)))
    const { shared, end } = prepare(message)
    const { before, after } = encodeOnce(shared)
    const body = (after === null ? before : before + encodeValue(message.link) + after) + encodeValue(end)
    const attempt = encodeValue(encodeParameter(message.attemptId))
    return `To=${encodeValue(message.address)}&StatusCallback=${callback}${attempt}${repeats}&ValidityPeriod=${validity}&${from}&Body=${body}`
  }
}

/** Hands over one text, as the encoder of its sender wrote it. */
export function sendText(api: Api, accountSid: string, form: string): Promise<SendResult> {
  return handOver(() => api.post(`/Accounts/${accountSid}/Messages.json`, form))
}
