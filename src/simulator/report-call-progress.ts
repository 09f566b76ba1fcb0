import { callSeconds } from './call-json.ts'
import { API_VERSION, type CallRecord, type Carrier } from './carrier.ts'

/** The parameters every request about a call carries. */
export function callParams(call: CallRecord): Record<string, string> {
  const params: Record<string, string> = {
    AccountSid: call.account.accountSid,
    ApiVersion: API_VERSION,
    CallSid: call.sid,
    CallStatus: call.status,
    Called: call.to,
    Caller: call.from,
    Direction: call.direction,
    From: call.from,
    To: call.to,
  }
  if (call.answeredBy) params.AnsweredBy = call.answeredBy
  return params
}

type CallEvent = 'initiated' | 'ringing' | 'answered' | 'completed'

/** Posts a progress event, if the StatusCallback subscribed to it. */
export function reportCallProgress(carrier: Carrier, call: CallRecord, event: CallEvent): void {
  call.updatedAt = carrier.now()
  if (call.statusCallback === null || !call.statusEvents.has(event)) return
  const params = { ...callParams(call), Timestamp: new Date(carrier.now()).toUTCString().replace('GMT', '+0000') }
  const progress = { CallbackSource: 'call-progress-events', SequenceNumber: String(call.sequence++) }
  const initiated = event === 'initiated' ? { CallStatus: 'initiated' } : {}
  const seconds = callSeconds(call)
  const ended =
    event === 'completed'
      ? { CallDuration: String(seconds), Duration: String(Math.ceil(seconds / 60)), SipResponseCode: sipCode(call) }
      : {}
  carrier.callbacks.tell({
    account: call.account,
    sid: call.sid,
    url: call.statusCallback,
    method: call.statusMethod,
    params: { ...params, ...progress, ...initiated, ...ended },
  })
}

function sipCode(call: CallRecord): string {
  const codes: Partial<Record<CallRecord['status'], string>> = {
    busy: '486',
    failed: '404',
    'no-answer': '487',
    canceled: '487',
  }
  return codes[call.status] ?? '200'
}
