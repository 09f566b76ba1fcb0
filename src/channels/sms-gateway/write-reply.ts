import type { CallbackReply, CallbackResponse, CarrierEvent } from '../../application/ports/carrier.ts'
import { cleanText } from '../../domain/messages/clean-text.ts'
import { cutAtWord } from '../../domain/messages/cut-text.ts'
import { isGsm7 } from '../../domain/messages/measure-sms.ts'
import { swapWhenCheaper } from '../../domain/messages/swap-typography.ts'
import { SMS_LIMIT } from '../../domain/messages/write-sms.ts'
import { isAnswerable } from './read-sender.ts'

/**
 * The answer to a callback: Kannel sends the body as a text to whoever texted, and nothing where it is empty (with
 * `omit-empty`). Any status but 200 makes it ask again. A text that is not 7-bit says so, or Kannel would put question
 * marks for what its alphabet lacks (userguide, table 7-11; needs `accept-x-kannel-headers`).
 */
export function writeReply(reply: CallbackReply, event: CarrierEvent): CallbackResponse {
  const text = reply !== null && 'text' in reply ? reply.text : null
  const answerable = event.kind === 'text' && isAnswerable(event.from)
  const clean = text === null || !answerable ? '' : swapWhenCheaper(cleanText(text).trim())
  const plain = isGsm7(clean)
  return {
    body: cutAtWord(clean, SMS_LIMIT, plain ? '...' : '…'),
    contentType: 'text/plain; charset=utf-8',
    ...(plain ? {} : { headers: { 'x-kannel-coding': '2' } }),
  }
}
