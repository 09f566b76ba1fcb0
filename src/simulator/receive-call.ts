import { createCallSession } from './call-session.ts'
import type { AccountOptions, CallRecord, Carrier } from './carrier.ts'

/** A phone rings one of the account's numbers: the webhook is asked what to say, and it is carried out. */
export function receiveCall(carrier: Carrier, account: AccountOptions, from: string, to: string): CallRecord {
  const at = carrier.now()
  const call: CallRecord = {
    sid: carrier.newSid('CA'),
    account,
    from,
    to,
    direction: 'inbound',
    status: 'ringing',
    url: account.voiceWebhook ?? null,
    method: 'POST',
    fallbackUrl: null,
    markup: account.voiceWebhook ? null : '<Response><Reject/></Response>',
    statusCallback: null,
    statusMethod: 'POST',
    statusEvents: new Set(),
    machineDetection: 'none',
    asyncDetectionCallback: null,
    answeredBy: null,
    sendDigits: '',
    timeout: 60,
    timeLimit: 14_400,
    createdAt: at,
    updatedAt: at,
    startedAt: at,
    answeredAt: null,
    endedAt: null,
    sequence: 0,
    session: null,
  }
  carrier.calls.set(call.sid, call)
  carrier.phones.ring(call)
  call.session = createCallSession(carrier, call)
  call.session.start()
  return call
}
