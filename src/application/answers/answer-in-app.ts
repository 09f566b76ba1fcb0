import type { MyAlert, MyAnswer } from '../../contract/alerts.ts'
import { type Actor, displayNameOf } from '../../domain/access/role.ts'
import type { Alert } from '../../domain/alerts/alert.ts'
import { offeredResponses, textsForRecipient } from '../../domain/alerts/localise.ts'
import { Problem } from '../../domain/errors.ts'
import { findAlert } from '../alerts/find-alert.ts'
import { toIso } from '../alerts/view-alert.ts'
import { auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import type { Once } from '../once.ts'
import { wordOf } from '../people/authentic-words.ts'
import type { Recipient } from '../ports/alert-store.ts'
import { assertOffered } from './answer-by-link.ts'
import { recordAnswer } from './record-answer.ts'

const MOST = 50

/** The alerts that were sent to the signed-in person, newest first. */
export async function listMyAlerts(deps: Deps, actor: Actor): Promise<MyAlert[]> {
  const personId = personOf(actor)
  if (personId === null) return []
  const recipients = await deps.store.alerts.ofPerson(personId, MOST)
  return Promise.all(
    recipients.map(async (recipient) => viewMine(deps, await findAlert(deps, recipient.alertId), recipient)),
  )
}

/** The person opened the alert in the signed-in app: heard. @throws Problem `alert.unknown` */
export async function openMine(deps: Deps, actor: Actor, alertId: string): Promise<MyAlert> {
  const { alert, recipient } = await findMine(deps, actor, alertId)
  if (alert.state === 'open') await deps.store.commit([deps.store.answers.hear(recipient.id, deps.clock())])
  return viewMine(deps, alert, recipient)
}

/** @throws Problem `answer.other_person`, `alert.unknown`, `response.unknown`, `idempotency.mismatch` */
export async function answerMine(
  deps: Deps,
  actor: Actor,
  alertId: string,
  given: MyAnswer,
  once: Once | null,
): Promise<MyAlert> {
  if (given.person !== undefined && given.person !== personOf(actor)) {
    throw new Problem('conflict', 'answer.other_person', 'This answer was given by somebody else.', { field: 'person' })
  }
  const { alert, recipient } = await findMine(deps, actor, alertId)
  const { response } = given
  assertOffered(alert, response)
  const at = given.at === undefined ? deps.clock() : Math.max(Date.parse(given.at), alert.raisedAt)
  const answer = { id: `app:${deps.newId()}`, response, channel: 'app', at, address: null, note: null }
  await recordAnswer(deps, actor, alert, recipient, answer, [], once)
  const after = await findMine(deps, actor, alertId)
  return viewMine(deps, after.alert, after.recipient)
}

/**
 * A commander records what somebody said by other means; marked as recorded on behalf.
 *
 * @throws Problem `alert.unknown`, `recipient.unknown`, `response.unknown`, `idempotency.mismatch`
 */
export async function answerOnBehalf(
  deps: Deps,
  actor: Actor,
  alertId: string,
  recipientId: string,
  given: { response: string; note?: string | undefined },
  once: Once | null,
): Promise<Recipient> {
  const alert = await findAlert(deps, alertId)
  const recipient = await deps.store.alerts.recipient(recipientId)
  if (recipient?.alertId !== alertId) {
    throw new Problem('missing', 'recipient.unknown', 'This alert has no such recipient.')
  }
  assertOffered(alert, given.response)
  const answer = {
    id: `behalf:${deps.newId()}`,
    response: given.response,
    channel: 'on_behalf',
    at: deps.clock(),
    address: null,
    note: given.note ?? null,
  }
  await recordAnswer(deps, actor, alert, recipient, answer, [], once)
  return (await deps.store.alerts.recipient(recipientId)) ?? recipient
}

/** A person has read an unclear answer. @throws Problem `alert.unknown`, `answer.unknown` when it is not on this board */
export async function settleUnclear(deps: Deps, actor: Actor, alertId: string, id: string): Promise<void> {
  await findAlert(deps, alertId)
  if (!(await deps.store.answers.concerns(alertId, id))) {
    throw new Problem('missing', 'answer.unknown', 'This alert has no such answer to read.')
  }
  const by = displayNameOf(actor)
  const now = deps.clock()
  await deps.store.commit([
    deps.store.answers.settle(id, by, now),
    deps.store.alerts.noteIfChanged({
      id: deps.newId(),
      alertId,
      at: now,
      kind: 'settled',
      recipientId: null,
      data: { by },
    }),
    auditedIfChanged(deps, actor, 'answer.settle', id),
  ])
}

async function findMine(deps: Deps, actor: Actor, alertId: string): Promise<{ alert: Alert; recipient: Recipient }> {
  const alert = await findAlert(deps, alertId)
  const personId = personOf(actor)
  const recipient = personId === null ? null : await deps.store.alerts.recipientOf(alertId, personId)
  if (!recipient) throw new Problem('missing', 'alert.unknown', 'There is no such alert.')
  return { alert, recipient }
}

function personOf(actor: Actor): string | null {
  return actor.kind === 'account' ? actor.personId : null
}

function viewMine({ vault }: Deps, alert: Alert, recipient: Recipient): MyAlert {
  const { title, body } = textsForRecipient(alert, recipient)
  return {
    id: alert.id,
    kind: alert.kind,
    state: alert.state,
    code: alert.code,
    title,
    body,
    organisation: alert.manifest.organisation,
    raisedAt: toIso(alert.raisedAt),
    responseOptions: offeredResponses(alert.manifest, recipient.language),
    response: recipient.response,
    acknowledgedAt: recipient.acknowledgedAt === null ? null : toIso(recipient.acknowledgedAt),
    word: wordOf(vault, recipient),
  }
}
