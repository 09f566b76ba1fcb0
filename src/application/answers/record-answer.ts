import { type Actor, displayNameOf } from '../../domain/access/role.ts'
import type { Alert } from '../../domain/alerts/alert.ts'
import { auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import type { Recipient } from '../ports/alert-store.ts'
import type { Statement } from '../ports/statement.ts'

/** How long a device may say that a human answered before we learnt of it. */
export interface GivenAnswer {
  /** Names the act that brought it; the same act twice is one answer. */
  id: string
  response: string
  channel: string
  /** When the human answered, UTC milliseconds; never after now. */
  at: number
  /** The number that it came from, whose proof this is. */
  address: string | null
  note: string | null
}

export type AnswerOutcome = 'recorded' | 'repeated' | 'late'

/**
 * Records that a human answered. `extra` statements go into the same commit, before the answer.
 *
 * - `repeated`: this very act was recorded before; nothing changed.
 * - `late`: the alert had ended; the answer is kept and shown, and moves nobody.
 */
export async function recordAnswer(
  deps: Deps,
  actor: Actor,
  alert: Alert,
  recipient: Recipient,
  given: GivenAnswer,
  extra: readonly Statement[] = [],
): Promise<AnswerOutcome> {
  const { store } = deps
  const now = deps.clock()
  const onBehalf = actor.kind === 'account' && actor.personId !== recipient.personId
  const recordedBy = onBehalf || actor.kind === 'key' || actor.kind === 'host' ? displayNameOf(actor) : null
  const answer = {
    id: given.id,
    alertId: alert.id,
    recipientId: recipient.id,
    response: given.response,
    channel: given.channel,
    at: Math.min(given.at, now),
    receivedAt: now,
    recordedBy,
    note: given.note,
  }
  const [write, ...follow] = store.answers.record(answer, now)
  if (!write) throw new Error('no statement for an answer')
  const data = {
    response: given.response,
    channel: given.channel,
    onBehalf: recordedBy !== null,
    noted: given.note !== null,
  }
  const rows = await store.commit([
    ...extra,
    write,
    store.alerts.noteIfChanged({
      id: deps.newId(),
      alertId: alert.id,
      at: now,
      kind: 'answered',
      recipientId: recipient.id,
      data,
    }),
    auditedIfChanged(deps, actor, 'answer.record', recipient.id, { alert: alert.id, ...data }),
    ...follow,
    ...(given.address === null || recordedBy !== null
      ? []
      : [store.answers.prove(recipient.personId, given.address, answer.at)]),
  ])
  const written = rows[extra.length]?.[0]
  if (!written) return 'repeated'
  return Number(written.late) === 1 ? 'late' : 'recorded'
}
