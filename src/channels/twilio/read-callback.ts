import type { CarrierEvent } from '../../application/ports/carrier.ts'
import { Problem } from '../../domain/errors.ts'
import { failureOf } from './error-table.ts'

function malformed(field: string): Problem {
  return new Problem('invalid', 'callback.malformed', `The callback says nothing usable in "${field}".`, { field })
}

function required(form: URLSearchParams, ...names: [string, ...string[]]): string {
  const value = names.map((name) => form.get(name)).find((candidate) => candidate)
  if (!value) throw malformed(names[0])
  return value
}

function isMachine(form: URLSearchParams): boolean {
  return /^(machine|fax)/.test(form.get('AnsweredBy') ?? '')
}

/** A text that a person sent. */
function readText(form: URLSearchParams): CarrierEvent {
  const optOutType = form.get('OptOutType')?.toLowerCase()
  return {
    kind: 'text',
    messageId: required(form, 'MessageSid', 'SmsMessageSid', 'SmsSid'),
    from: required(form, 'From'),
    to: required(form, 'To'),
    text: form.get('Body') ?? '',
    optOut: optOutType === 'stop' || optOutType === 'start' ? optOutType : null,
  }
}

// https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
const TEXT_ON_ITS_WAY = ['accepted', 'scheduled', 'queued', 'sending', 'sent', 'partially_delivered']
const TEXT_THERE = ['delivered', 'read']
const TEXT_LOST = ['undelivered', 'failed', 'canceled']

function readTextStatus(form: URLSearchParams, attemptId: string | null): CarrierEvent {
  const providerId = required(form, 'MessageSid', 'SmsSid')
  const status = required(form, 'MessageStatus', 'SmsStatus')
  const event = { kind: 'status', attemptId, providerId } as const
  if (TEXT_ON_ITS_WAY.includes(status)) return { ...event, state: 'sent' }
  if (TEXT_THERE.includes(status)) return { ...event, state: 'delivered' }
  if (!TEXT_LOST.includes(status)) throw malformed('MessageStatus')
  const code = Number(form.get('ErrorCode') ?? '')
  const unnamed = { code: `twilio.${status}`, reason: `the provider reports "${status}"`, permanent: false }
  return { ...event, state: 'failed', error: code > 0 ? failureOf(code) : unnamed }
}

// https://www.twilio.com/docs/voice/api/call-resource#call-status-values
const CALL_ON_ITS_WAY = ['queued', 'initiated', 'ringing']
const CALL_TAKEN = ['in-progress', 'answered']
const CALL_LOST = ['busy', 'no-answer', 'failed', 'canceled']
// The exchange knows no such number: RFC 3261, 21.4.5, 21.4.11, 21.4.23; RFC 3261, 21.6.3.
const NO_SUCH_NUMBER = ['404', '410', '484', '604']

function readCallStatus(form: URLSearchParams, attemptId: string | null): CarrierEvent {
  const providerId = required(form, 'CallSid')
  const status = required(form, 'CallStatus')
  const event = { kind: 'status', attemptId, providerId } as const
  if (CALL_ON_ITS_WAY.includes(status)) return { ...event, state: 'sent' }
  if (CALL_TAKEN.includes(status)) return { ...event, state: isMachine(form) ? 'voicemail' : 'answered' }
  if (status === 'completed') return { ...event, state: isMachine(form) ? 'voicemail' : 'ended' }
  if (!CALL_LOST.includes(status)) throw malformed('CallStatus')
  const permanent = status === 'failed' && NO_SUCH_NUMBER.includes(form.get('SipResponseCode') ?? '')
  const code = `twilio.call_${status.replace('-', '_')}`
  return { ...event, state: 'failed', error: { code, reason: `the call ended as "${status}"`, permanent } }
}

/** A call that asks what to say next. */
function readCall(form: URLSearchParams, query: URLSearchParams, ourNumber: string | null): CarrierEvent {
  const attemptId = query.get('attempt')
  const direction = form.get('Direction')
  const from = required(form, 'From', 'Caller')
  const to = required(form, 'To', 'Called')
  const ours = attemptId !== null || from === ourNumber
  const outbound = direction === null ? ours : direction.startsWith('outbound')
  return {
    kind: 'call',
    callId: required(form, 'CallSid'),
    direction: outbound ? 'outbound' : 'inbound',
    number: outbound ? to : from,
    attemptId,
    turn: query.get('turn'),
    digits: form.get('Digits') || null,
    machine: isMachine(form),
  }
}

/**
 * Reads a request that is known to come from the provider. Status reports tell where a message is; only a call's keys
 * and a person's text are ever answers.
 *
 * Throws a Problem `callback.malformed` that names the field.
 *
 * @param ourNumber the number that calls come from, if one is configured
 */
export function readCallback(
  topic: string,
  form: URLSearchParams,
  query: URLSearchParams,
  ourNumber: string | null,
): CarrierEvent {
  if (topic === 'sms') return readText(form)
  if (topic === 'voice') return readCall(form, query, ourNumber)
  if (topic !== 'status') throw malformed('topic')
  const isCall = form.has('CallSid') && !form.has('MessageSid')
  return isCall ? readCallStatus(form, query.get('attempt')) : readTextStatus(form, query.get('attempt'))
}
