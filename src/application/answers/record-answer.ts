import { type Actor, displayNameOf } from '../../domain/access/role.ts'
import type { Alert } from '../../domain/alerts/alert.ts'
import { offeredResponses } from '../../domain/alerts/localise.ts'
import { auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, type Once } from '../once.ts'
import type { Recipient } from '../ports/alert-store.ts'
import type { Answer } from '../ports/answer-store.ts'
import type { Statement } from '../ports/statement.ts'

export interface GivenAnswer {
  /** Names the act that brought it; the same act twice is one answer. */
  id: string
  response: string
  channel: string
  /** When the human answered, UTC milliseconds; taken as never before the alert was raised and never after now. */
  at: number
  /** The number that it came from, whose proof this is. */
  address: string | null
  note: string | null
  /** Who learnt it from the person, where that is not the actor. */
  recordedBy?: string
}

export type AnswerOutcome = 'recorded' | 'repeated' | 'late'

/**
 * Records that a human answered. `extra` statements go into the same commit, before the answer.
 *
 * - `repeated`: this very act was recorded before; nothing changed.
 * - `late`: the alert had ended; the answer is kept and shown, and moves nobody.
 *
 * @param once the idempotency key of the request that brought it
 * @throws Problem `idempotency.mismatch` when that key was used for another request
 */
export async function recordAnswer(
  deps: Deps,
  actor: Actor,
  alert: Alert,
  recipient: Recipient,
  given: GivenAnswer,
  extra: readonly Statement[] = [],
  once: Once | null = null,
): Promise<AnswerOutcome> {
  const { store } = deps
  const now = deps.clock()
  const onBehalf = actor.kind === 'account' && actor.personId !== recipient.personId
  const byActor = onBehalf || actor.kind === 'key' || actor.kind === 'host' ? displayNameOf(actor) : null
  const recordedBy = given.recordedBy ?? byActor
  const answer: Answer = {
    id: given.id,
    alertId: alert.id,
    recipientId: recipient.id,
    response: given.response,
    channel: given.channel,
    at: Math.min(Math.max(given.at, alert.raisedAt), now),
    receivedAt: now,
    recordedBy,
    note: given.note,
  }
  const { response, channel } = given
  const data = { response, channel, onBehalf: recordedBy !== null, noted: given.note !== null }
  const entryId = deps.newId()
  // The audit goes by ids, the timeline says who it was.
  const shown = recordedBy === null ? data : { ...data, recordedBy }
  const entry = { id: entryId, alertId: alert.id, at: now, kind: 'answered', recipientId: recipient.id, data: shown }
  const statements = [
    ...extra,
    ...store.answers.record(answer, entry),
    auditedIfChanged(deps, actor, 'answer.record', recipient.id, { alert: alert.id, ...data }),
    ...store.answers.stand(answer, entryId, now),
    ...(recordedBy === null ? showCryForHelp(deps, alert, recipient, answer, entryId, given.address) : []),
    ...(given.address === null || recordedBy !== null
      ? []
      : [store.answers.prove(recipient.personId, given.address, answer.channel, answer.at)]),
  ]
  const { rows, repeated } = await commitOnce(deps, actor, once, statements, {})
  const written = rows[extra.length]?.[0]
  if (repeated || !written) return 'repeated'
  return Number(written.late) === 1 ? 'late' : 'recorded'
}

/** Whoever asks for help after the end, or before an answer that is already there, is shown to a person all the same. */
function showCryForHelp(
  deps: Deps,
  alert: Alert,
  recipient: Recipient,
  answer: Answer,
  entryId: string,
  address: string | null,
): Statement[] {
  const option = offeredResponses(alert.manifest, recipient.language).find(({ code }) => code === answer.response)
  if (!option?.needsHelp) return []
  const message = {
    // A text or a mail has been kept under this name in the same commit, and is then shown itself.
    id: ['sms', 'email'].includes(answer.channel) ? answer.id : entryId,
    carrier: answer.channel,
    channel: answer.channel,
    from: address ?? '',
    text: option.label,
    at: answer.receivedAt,
    outcome: 'unclear' as const,
    reason: 'help',
    alertId: alert.id,
    recipientId: recipient.id,
  }
  return [deps.store.answers.keepUnlessStanding(message, answer.id, entryId)]
}
