import type { CallbackRequest, CarrierEvent } from '../../application/ports/carrier.ts'
import { Problem } from '../../domain/errors.ts'
import { cleanBlock, cleanLine } from '../../domain/messages/clean-text.ts'
import { firstUnits } from '../../domain/messages/cut-text.ts'

/** What is kept of an answer, in UTF-16 units: a person reads it during an emergency. */
const LONGEST_TEXT = 10_000
const LONGEST_REASON = 120

function malformed(field: string): Problem {
  return new Problem('malformed', 'callback.malformed', `The callback says nothing usable in "${field}".`, { field })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parse(body: string): { type: unknown; data: Record<string, unknown> } {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw malformed('body')
  }
  if (!isRecord(value) || !isRecord(value.data)) throw malformed('data')
  return { type: value.type, data: value.data }
}

function textOf(data: Record<string, unknown>, field: string): string {
  const value = data[field]
  return typeof value === 'string' ? value.trim() : ''
}

/**
 * Reads a callback that is known to come from the gateway: `message.delivered`, `message.failed` with `reason` and
 * `permanent`, or `message.answered` with `text`, each about the message `data.id`.
 *
 * @param callbackId the id that it is signed with: the same answer brought twice is one
 * @throws Problem `callback.malformed` that names the field
 */
export function readCallback({ body }: Pick<CallbackRequest, 'body'>, callbackId: string): CarrierEvent {
  const { type, data } = parse(body)
  const attemptId = textOf(data, 'id')
  if (attemptId === '' || attemptId.length > 100) throw malformed('data.id')
  const status = { kind: 'status', attemptId, providerId: attemptId } as const
  switch (type) {
    case 'message.delivered':
      return { ...status, state: 'delivered' }
    case 'message.failed': {
      const words = firstUnits(cleanLine(textOf(data, 'reason')), LONGEST_REASON)
      const reason = words === '' ? 'the gateway could not deliver it' : `the gateway could not deliver it: ${words}`
      return {
        ...status,
        state: 'failed',
        error: { code: 'webhook.not_delivered', reason, permanent: data.permanent === true },
      }
    }
    case 'message.answered': {
      const text = firstUnits(cleanBlock(textOf(data, 'text')), LONGEST_TEXT)
      if (text === '') throw malformed('data.text')
      const from = firstUnits(cleanLine(textOf(data, 'from')), 100)
      return {
        kind: 'mail',
        channel: 'webhook',
        messageId: callbackId,
        attemptId,
        from,
        text,
        whole: text,
        automatic: false,
      }
    }
    default:
      throw malformed('type')
  }
}
