import type { CallRecord, CallStatus, Carrier } from './carrier.ts'
import { reportCallProgress } from './report-call-progress.ts'

const FINAL: ReadonlySet<CallStatus> = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled'])

/** Whether nothing more can happen in the call. */
export function isOver(call: CallRecord): boolean {
  return FINAL.has(call.status)
}

/** Ends a call, once; later ends change nothing. */
export function endCall(carrier: Carrier, call: CallRecord, status: CallStatus): void {
  if (isOver(call)) return
  call.status = status
  call.endedAt = carrier.now()
  call.session?.stop()
  carrier.phones.callEnded(call)
  reportCallProgress(carrier, call, 'completed')
}
