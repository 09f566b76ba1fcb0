import type { Alert } from '../../domain/alerts/alert.ts'
import { parseAttemptId } from '../../domain/deliveries/attempt-id.ts'
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

export interface LinkAnswer {
  response: string
  channel: 'link' | 'push'
  /** Names the showing of the form or the tap; empty when nothing does. */
  act: string
  /** When the human tapped, UTC milliseconds; null when the device does not say. */
  at: number | null
  /** For a notification: the attempt that brought it, so that its device is proven; null where it does not say. */
  attempt: string | null
}

/**
 * An answer from the link page or from a notification's button. One that is sent twice counts once.
 *
 * @throws Problem `link.unknown`, `response.unknown`
 */
export async function answerByLink(
  deps: Deps,
  token: string,
  answer: LinkAnswer,
): Promise<LinkedAlert & { outcome: AnswerOutcome }> {
  const { alert, recipient } = await openLink(deps, token)
  assertOffered(alert, answer.response)
  const now = deps.clock()
  const given = {
    id: await nameAct(deps, recipient, answer),
    response: answer.response,
    channel: answer.channel,
    at: answer.at ?? now,
    address: null,
    note: null,
  }
  const device = answer.channel === 'push' ? await findDevice(deps, recipient, answer.attempt) : null
  const proof = device === null ? [] : [deps.store.answers.provePoint(device, Math.min(given.at, now))]
  const outcome = await recordAnswer(deps, { kind: 'service' }, alert, recipient, given, proof)
  return { outcome, ...(await openLink(deps, token)) }
}

/** The contact point to which an attempt went, if it was one to this recipient. */
async function findDevice(deps: Deps, recipient: Recipient, attemptId: string | null): Promise<string | null> {
  const attempt = attemptId === null ? null : parseAttemptId(attemptId)
  const context = attempt && (await deps.store.outbox.context(attempt.deliveryId))
  return context?.recipientId === recipient.id ? context.contactPointId : null
}

/**
 * What names an answer once and for all. A tap whose time is known is itself, whenever it arrives. A form may be sent
 * twice, or sent again from the history after a change of mind: it repeats only what arrived last.
 */
async function nameAct(deps: Deps, recipient: Recipient, answer: LinkAnswer): Promise<string> {
  const act = `${answer.channel}:${recipient.id}:${answer.act}`
  if (answer.at !== null) return `${act}:${answer.at}:${answer.response}`
  const latest = await deps.store.answers.latest(recipient.id)
  const again = latest?.answer.response === answer.response && latest.answer.id.startsWith(`${act}:`)
  return again ? latest.answer.id : `${act}:${latest?.count ?? 0}:${answer.response}`
}

/** @throws Problem `response.unknown` */
export function assertOffered(alert: Alert, response: string): void {
  if (alert.manifest.template.responses.some((option) => option.code === response)) return
  throw new Problem('invalid', 'response.unknown', 'This alert does not offer that answer.', { field: 'response' })
}
