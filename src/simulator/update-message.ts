import type { Carrier, MessageRecord } from './carrier.ts'
import { ProviderError } from './provider-error.ts'
import { reportMessageStatus } from './report-message-status.ts'

/** Redacts a message (an empty Body) or cancels one that has not left. Throws 20001 for anything else. */
export function updateMessage(carrier: Carrier, message: MessageRecord, form: URLSearchParams): void {
  const body = form.get('Body')
  const status = form.get('Status')
  if ((body !== null && body !== '') || (status !== null && status !== 'canceled'))
    throw new ProviderError(20001, body === null ? 'Status' : 'Body')
  if (status === 'canceled') {
    if (message.status !== 'accepted' && message.status !== 'queued') throw new ProviderError(20001, 'Status')
    reportMessageStatus(carrier, message, 'canceled')
  }
  if (body === '') message.body = ''
}
