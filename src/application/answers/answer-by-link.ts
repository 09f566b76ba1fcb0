import type { Alert } from '../../domain/alerts/alert.ts'
import { Problem } from '../../domain/errors.ts'
import type { Deps } from '../deps.ts'
import type { Recipient } from '../ports/alert-store.ts'
import { type AnswerOutcome, recordAnswer } from './record-answer.ts'

export interface LinkedAlert {
  alert: Alert
  recipient: Recipient
}

/** What an unguessable answer page is about. @throws Problem `link.unknown` */
export async function openLink(deps: Deps, token: string): Promise<LinkedAlert> {
  const recipient = await deps.store.alerts.recipientByLink(token)
  const alert = recipient && (await deps.store.alerts.find(recipient.alertId))
  if (!recipient || !alert) throw new Problem('missing', 'link.unknown', 'This link is not valid.')
  return { alert, recipient }
}

/**
 * An answer from the link page or from a notification's button.
 *
 * @param answer.act names the tap, so that one that is sent twice counts once
 * @param answer.at when the human tapped, UTC milliseconds
 * @throws Problem `link.unknown`, `response.unknown`
 */
export async function answerByLink(
  deps: Deps,
  token: string,
  answer: { response: string; channel: 'link' | 'push'; act: string; at: number },
): Promise<LinkedAlert & { outcome: AnswerOutcome }> {
  const { alert, recipient } = await openLink(deps, token)
  assertOffered(alert, answer.response)
  const outcome = await recordAnswer(deps, { kind: 'service' }, alert, recipient, {
    id: `${answer.channel}:${recipient.id}:${answer.act}`,
    response: answer.response,
    channel: answer.channel,
    at: Math.max(answer.at, alert.raisedAt),
    address: null,
    note: null,
  })
  return { outcome, ...(await openLink(deps, token)) }
}

/** @throws Problem `response.unknown` */
export function assertOffered(alert: Alert, response: string): void {
  if (alert.manifest.template.responses.some((option) => option.code === response)) return
  throw new Problem('invalid', 'response.unknown', 'This alert does not offer that answer.', { field: 'response' })
}
