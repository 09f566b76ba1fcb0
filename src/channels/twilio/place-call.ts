import type { CallListInstance } from 'twilio/lib/rest/api/v2010/account/call.js'
import type { OutgoingMessage, SendResult } from '../../application/ports/carrier.ts'
import { type CallbackBase, callbackUrl } from './callback-url.ts'
import { handOver } from './hand-over.ts'

/** Short enough to end before most mailboxes answer, long enough to wake somebody. */
const RING_SECONDS = 30
const LONGEST_CALL_SECONDS = 600
/** The exchange speaks its greeting first; W waits one second. */
const BEFORE_EXTENSION = 'WW'
const LONGEST_DIALLED = 32

/** Only keys; a comma in a stored extension is a pause of the old kind. */
function dialled(extension: string): string {
  const keys = extension.replace(/[,pP]/g, 'W').replace(/[^0-9*#W]/g, '')
  return `${BEFORE_EXTENSION}${keys}`.slice(0, LONGEST_DIALLED)
}

/**
 * Places one call. An answering machine is waited out until its tone, so that the short text is not spoken into its
 * greeting; the provider does not look for one where an extension is dialled.
 */
export function placeCall(
  calls: CallListInstance,
  base: CallbackBase,
  from: string,
  message: OutgoingMessage,
): Promise<SendResult> {
  const { attemptId, extension } = message
  return handOver(() =>
    calls.create({
      to: message.address,
      from,
      url: callbackUrl(base, 'voice', { attempt: attemptId }),
      statusCallback: callbackUrl(base, 'status', { attempt: attemptId }),
      // Not `answered`: a mailbox answers too. Who did is known when the voice address is asked.
      statusCallbackEvent: ['completed'],
      timeout: RING_SECONDS,
      timeLimit: LONGEST_CALL_SECONDS,
      ...(extension ? { sendDigits: dialled(extension) } : { machineDetection: 'DetectMessageEnd' }),
    }),
  )
}
