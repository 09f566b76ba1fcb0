import type { CallbackRequest, CarrierEvent } from '../../application/ports/carrier.ts'
import { Problem } from '../../domain/errors.ts'
import { failureOf } from './read-failure.ts'
import { type ByteParameters, decode, readByteParameters } from './read-parameters.ts'
import { readSender } from './read-sender.ts'

function malformed(field: string): Problem {
  return new Problem('invalid', 'callback.malformed', `The callback says nothing usable in "${field}".`, { field })
}

function textOf(parameters: ByteParameters, name: string): string {
  const bytes = parameters.get(name)
  return bytes === undefined ? '' : decode(bytes, 'UTF-8').trim()
}

function required(parameters: ByteParameters, name: string): string {
  const value = textOf(parameters, name)
  if (value === '') throw malformed(name)
  return value
}

/** A text that a person sent. STOP and its kin are read by our own words: no provider has done it before. */
function readText(parameters: ByteParameters, region: string): CarrierEvent {
  const charset = textOf(parameters, 'charset') || 'UTF-8'
  return {
    kind: 'text',
    messageId: required(parameters, 'id'),
    from: readSender(required(parameters, 'from'), region),
    to: required(parameters, 'to'),
    text: decode(parameters.get('text') ?? new Uint8Array(), charset),
    optOut: null,
  }
}

// Kannel 1.4.5 userguide, chapter 10 "SMS Delivery Reports".
const STATES = new Map<string, 'sent' | 'delivered' | 'failed'>([
  ['1', 'delivered'],
  ['2', 'failed'],
  ['4', 'sent'],
  ['8', 'sent'],
  ['16', 'failed'],
])

function readStatus(parameters: ByteParameters): CarrierEvent {
  const attemptId = required(parameters, 'attempt')
  const type = required(parameters, 'type')
  const state = STATES.get(type)
  if (state === undefined) throw malformed('type')
  const event = { kind: 'status', attemptId, providerId: attemptId, state } as const
  return state === 'failed' ? { ...event, error: failureOf(type, textOf(parameters, 'answer')) } : event
}

/**
 * Reads a callback that is known to come from the gateway: a delivery report, or what its `sms-service` fetches for a
 * text (`get-url` with `from=%p&to=%P&text=%b&charset=%C&id=%I`).
 *
 * Throws a Problem `callback.malformed` that names the field.
 *
 * @param region ISO country for senders that the network names without a prefix
 */
export function readCallback({ topic, url, body }: CallbackRequest, region: string): CarrierEvent {
  const start = url.indexOf('?')
  const parameters = readByteParameters(`${start < 0 ? '' : url.slice(start + 1)}&${body}`)
  if (topic === 'sms') return readText(parameters, region)
  if (topic === 'status') return readStatus(parameters)
  throw malformed('topic')
}
