import type { SendResult } from '../../application/ports/carrier.ts'
import { ProviderRefusal, UnreadableAnswer } from './api-client.ts'
import { resultOf } from './error-table.ts'
import { Unreachable } from './http-client.ts'

/**
 * Runs one request and says in our words what became of it. No answer and an unreadable one both mean "try again": a
 * duplicate beats silence. Anything else that is thrown is a bug and passes through.
 */
export async function handOver(create: () => Promise<{ sid: string }>): Promise<SendResult> {
  try {
    const { sid } = await create()
    return { outcome: 'accepted', providerId: sid }
  } catch (error) {
    if (error instanceof ProviderRefusal) return resultOf(error.refusal)
    if (error instanceof Unreachable)
      return { outcome: 'retryLater', code: error.code, reason: error.message, uncertain: error.uncertain }
    if (error instanceof UnreadableAnswer) {
      return { outcome: 'retryLater', code: 'twilio.unreadable_answer', reason: error.message, uncertain: true }
    }
    throw error
  }
}
