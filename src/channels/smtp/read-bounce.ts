import type { Email } from 'postal-mime'
import type { CarrierEvent } from '../../application/ports/carrier.ts'
import { failureOf } from './error-table.ts'
import { type MarkedIds, readMarkedId, writeMessageId } from './message-id.ts'

type StatusEvent = Extract<CarrierEvent, { kind: 'status' }>

const DAEMON = /^(mailer-daemon|postmaster)@/i
const PERMANENT_STATUS = /(?<![\d.])5\.\d{1,3}\.\d{1,3}(?![\d.])/

/**
 * Reads a bounce of one of our mails: a delivery status notification (RFC 3464), or the free text of servers that know
 * none. Null when it is none, or names no mail of ours with the right mark.
 */
export function readBounce(ids: MarkedIds, mail: Email): StatusEvent | null {
  const report = mail.attachments.find(({ mimeType }) => /^message\/(global-)?delivery-status$/i.test(mimeType))
  if (report) return readReport(ids, textOf(report.content), mail)
  if (!DAEMON.test(mail.from?.address ?? '')) return null
  const [status] = PERMANENT_STATUS.exec(mail.text ?? '') ?? []
  const attemptId = readMarkedId(ids, everythingIn(mail))
  // A text without a permanent code may as well be a warning that the mail is late.
  return attemptId && status ? toEvent(ids, attemptId, 'failed', failureOf(status)) : null
}

function readReport(ids: MarkedIds, report: string, mail: Email): StatusEvent | null {
  const attemptId = readMarkedId(ids, report) ?? readMarkedId(ids, everythingIn(mail))
  if (!attemptId) return null
  const field = (name: string) => new RegExp(`^${name}:\\s*(.+)$`, 'im').exec(report)?.[1]?.trim() ?? ''
  // `delayed`, `relayed`, `expanded` and `delivered` (RFC 3464, 2.3.3) say that it left us, and nothing of a person.
  if (!/^failed\b/i.test(field('action'))) return toEvent(ids, attemptId, 'sent', null)
  const status = /^[245]\.\d{1,3}\.\d{1,3}/.exec(field('status'))?.[0] ?? '5.0.0'
  return toEvent(ids, attemptId, 'failed', failureOf(status))
}

function toEvent(
  ids: MarkedIds,
  attemptId: string,
  state: 'failed' | 'sent',
  error: StatusEvent['error'] | null,
): StatusEvent {
  return { kind: 'status', attemptId, providerId: writeMessageId(ids, attemptId), state, ...(error ? { error } : {}) }
}

/** The returned headers come as an attachment or as part of the text. */
function everythingIn(mail: Email): string {
  return [...mail.attachments.map(({ content }) => textOf(content)), mail.text ?? ''].join('\n')
}

function textOf(content: ArrayBuffer | Uint8Array | string): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content)
}
