import { createCallSession } from './call-session.ts'
import type { AccountOptions, CallRecord, Carrier } from './carrier.ts'
import { endCall, isOver } from './end-call.ts'
import { callOutcome, callRefusal } from './number-behaviour.ts'
import { ProviderError } from './provider-error.ts'
import { isE164, readInteger, readMethod, readUrl } from './read-request.ts'
import { reportCallProgress } from './report-call-progress.ts'

const DIALLED_AFTER_MS = 50
const RINGS_AFTER_MS = 400
const BUSY_AFTER_MS = 900
const VOICEMAIL_AFTER_MS = 12_000
const GREETING_MS = 7_000
const TELL_HUMAN_MS = 1_200
const TELL_MACHINE_MS = 3_000

/** Reads a call out of the API's form. Throws ProviderError: 13227, 20001, 21201, 21205, 21211, 21210, 21212, 21213. */
function readCall(carrier: Carrier, account: AccountOptions, form: URLSearchParams): CallRecord {
  const to = form.get('To') ?? ''
  const from = form.get('From') ?? ''
  if (!to) throw new ProviderError(21201)
  if (!from) throw new ProviderError(21213)
  if (!isE164(to)) throw new ProviderError(/^\+?\d+$/.test(to) ? 21217 : 21211, to)
  if (!isE164(from)) throw new ProviderError(21212, from)
  if (!account.numbers.includes(from)) throw new ProviderError(21210, from)
  const url = readUrl(form, 'Url', 21205)
  const markup = form.get('Twiml')
  if (url === null && !markup) throw new ProviderError(21205, '')
  const refusal = callRefusal(carrier.phones.behaviourOf(to))
  if (refusal) throw new ProviderError(refusal, to)
  const sendDigits = form.get('SendDigits') ?? ''
  if (!/^[0-9*#wW]*$/.test(sendDigits)) throw new ProviderError(20001, 'SendDigits')
  const events = form.getAll('StatusCallbackEvent').flatMap((value) => value.split(/[\s,]+/))
  const detection = form.get('MachineDetection') ?? ''
  if (!/^(|Enable|DetectMessageEnd)$/.test(detection)) throw new ProviderError(20001, 'MachineDetection')
  const at = carrier.now()
  return {
    sid: carrier.newSid('CA'),
    account,
    from,
    to,
    direction: 'outbound-api',
    status: 'queued',
    url,
    method: readMethod(form, 'Method'),
    fallbackUrl: readUrl(form, 'FallbackUrl', 21205),
    markup,
    statusCallback: readUrl(form, 'StatusCallback', 21609),
    statusMethod: readMethod(form, 'StatusCallbackMethod'),
    statusEvents: new Set(events.length > 0 ? events : ['completed']),
    machineDetection: detection === '' ? 'none' : detection === 'Enable' ? 'enable' : 'message-end',
    asyncDetectionCallback: form.get('AsyncAmd') === 'true' ? readUrl(form, 'AsyncAmdStatusCallback', 21609) : null,
    answeredBy: null,
    sendDigits,
    timeout: readInteger(form, 'Timeout', [1, 600], 60),
    timeLimit: readInteger(form, 'TimeLimit', [1, 86_400], 14_400),
    createdAt: at,
    updatedAt: at,
    startedAt: null,
    answeredAt: null,
    endedAt: null,
    sequence: 0,
    session: null,
  }
}

/** Takes a call from the API and dials it. Throws ProviderError when it refuses. */
export function acceptCall(carrier: Carrier, account: AccountOptions, form: URLSearchParams): CallRecord {
  const call = readCall(carrier, account, form)
  carrier.calls.set(call.sid, call)
  const outcome = callOutcome(carrier.phones.behaviourOf(call.to))
  const ifOpen = (run: () => void) => () => isOver(call) || run()
  const dial = ifOpen(() => {
    call.startedAt = carrier.now()
    reportCallProgress(carrier, call, 'initiated')
    const engaged = outcome === 'busy' || carrier.phones.isEngaged(call.to)
    if (engaged || outcome === 'failed') {
      carrier.later(BUSY_AFTER_MS, () => endCall(carrier, call, engaged ? 'busy' : 'failed'))
      return
    }
    carrier.later(RINGS_AFTER_MS, ifOpen(ring))
  })
  const ring = () => {
    call.status = 'ringing'
    reportCallProgress(carrier, call, 'ringing')
    if (outcome !== 'silent') carrier.phones.ring(call)
    const ringsFor = call.timeout * 1000
    if (outcome === 'voicemail')
      carrier.later(Math.min(VOICEMAIL_AFTER_MS, ringsFor), () => pickUp(carrier, call, 'machine'))
    carrier.later(ringsFor, () => call.status === 'ringing' && endCall(carrier, call, 'no-answer'))
  }
  carrier.later(DIALLED_AFTER_MS, dial)
  return call
}

/** Someone or something picks up a ringing call; without machine detection the markup starts at once. */
export function pickUp(carrier: Carrier, call: CallRecord, who: 'human' | 'machine'): void {
  if (call.status !== 'ringing') return
  call.status = 'in-progress'
  call.answeredAt = carrier.now()
  carrier.phones.callAnswered(call)
  reportCallProgress(carrier, call, 'answered')
  carrier.later(call.timeLimit * 1000, () => endCall(carrier, call, 'completed'))
  if (call.sendDigits) carrier.phones.subtitle(call, `(dials ${call.sendDigits})`)
  const session = createCallSession(carrier, call)
  call.session = session
  const waitsForVerdict = call.machineDetection !== 'none' && call.asyncDetectionCallback === null
  if (call.machineDetection !== 'none') detectMachine(carrier, call, who, waitsForVerdict ? session.start : () => {})
  if (!waitsForVerdict) session.start()
}

/** Tells after a while who picked up: in the call's own requests, and by a request of its own when that was asked for. */
function detectMachine(carrier: Carrier, call: CallRecord, who: 'human' | 'machine', then: () => void): void {
  const atBeep = who === 'machine' && call.machineDetection === 'message-end'
  const wait = who === 'human' ? TELL_HUMAN_MS : atBeep ? GREETING_MS : TELL_MACHINE_MS
  carrier.later(wait, () => {
    if (isOver(call)) return
    const answeredBy = who === 'human' ? 'human' : atBeep ? 'machine_end_beep' : 'machine_start'
    call.answeredBy = answeredBy
    then()
    const { account, sid, asyncDetectionCallback: url } = call
    if (url === null) return
    const subject = { AccountSid: account.accountSid, CallSid: sid }
    const params = { ...subject, AnsweredBy: answeredBy, MachineDetectionDuration: String(wait) }
    carrier.callbacks.tell({ account, sid, url, params })
  })
}
