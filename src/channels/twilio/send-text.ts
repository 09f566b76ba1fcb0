import type { MessageListInstance } from 'twilio/lib/rest/api/v2010/account/message.js'
import type { OutgoingMessage, SendResult } from '../../application/ports/carrier.ts'
import { writeSms } from '../../domain/messages/write-sms.ts'
import { type CallbackBase, callbackUrl } from './callback-url.ts'
import { handOver } from './hand-over.ts'

/** What the provider takes as a validity period, seconds: https://www.twilio.com/docs/api/errors/90007 */
const SHORTEST_VALIDITY = 60
const LONGEST_VALIDITY = 36_000

/** Who a text comes from: one number, or the provider's choice among the numbers of a messaging service. */
export type TextSender = { from: string } | { messagingServiceSid: string }

/** Hands over one text. It waits in the provider's queue no longer than it is of use. */
export function sendText(
  messages: MessageListInstance,
  base: CallbackBase,
  sender: TextSender,
  message: OutgoingMessage,
): Promise<SendResult> {
  const validityPeriod = Math.min(LONGEST_VALIDITY, Math.max(SHORTEST_VALIDITY, Math.floor(message.lifetime)))
  return handOver(() =>
    messages.create({
      to: message.address,
      body: writeSms(message),
      statusCallback: callbackUrl(base, 'status', { attempt: message.attemptId }),
      validityPeriod,
      ...sender,
    }),
  )
}
