import type { CardMarkBody } from '../../contract/cards.ts'
import { type Actor, displayNameOf } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { findAlert } from '../alerts/find-alert.ts'
import { assertOffered } from '../answers/answer-by-link.ts'
import { recordAnswer } from '../answers/record-answer.ts'
import { auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import type { Card, CardPerson } from '../ports/card-store.ts'

/** Who phones: the person who holds the card, and how he or she is named. */
export interface Caller {
  actor: Actor
  personId: string
  name: string
}

/** The signed-in person. @throws Problem `card.unknown` */
export function callerOf(actor: Actor): Caller {
  if (actor.kind !== 'account' || actor.personId === null) throw unknownCard()
  return { actor, personId: actor.personId, name: displayNameOf(actor) }
}

/**
 * The holder of a card says what came of phoning somebody. Whoever was reached has answered: recorded on his or her
 * behalf. The same mark twice counts once; a mark after the card's time counts too. One of somebody who was removed or has
 * declined does not.
 *
 * @throws Problem `card.unknown`, `card.not_on_it`, `card.no_response`, `response.unknown`, `card.alert_ended`
 */
export async function markOnCard(deps: Deps, caller: Caller, cardId: string, given: CardMarkBody): Promise<void> {
  const card = await deps.store.cards.find(cardId)
  if (card?.holder.personId !== caller.personId) throw unknownCard()
  const person = card.people.find(({ personId }) => personId === given.person)
  if (!person) {
    throw new Problem('invalid', 'card.not_on_it', 'This person is not on the card.', { field: 'person' })
  }
  const alert = await findAlert(deps, card.alertId)
  if (alert.state !== 'open') throw new Problem('conflict', 'card.alert_ended', 'This alert has ended.')
  const held = await deps.store.cards.heldBy(caller.personId)
  if (!held.some(({ id }) => id === card.id)) throw unknownCard()
  const now = deps.clock()
  const marking = [
    ...deps.store.cards.mark(card, person.personId, given.mark, now),
    auditedIfChanged(deps, caller.actor, 'card.mark', card.id, { person: person.personId, mark: given.mark }),
  ]
  if (given.mark === 'reached') await recordReached(deps, caller, card, person, given.response, marking)
  else await deps.store.commit(marking)
  deps.nudge()
}

async function recordReached(
  deps: Deps,
  caller: Caller,
  card: Card,
  person: CardPerson,
  response: string | undefined,
  marking: Parameters<typeof deps.store.commit>[0],
): Promise<void> {
  const alert = await findAlert(deps, card.alertId)
  if (response === undefined) {
    throw new Problem('invalid', 'card.no_response', 'Say what the person answered.', { field: 'response' })
  }
  assertOffered(alert, response)
  const recipient = person.recipientId === null ? null : await deps.store.alerts.recipient(person.recipientId)
  // What a person said stands until he or she, or somebody who asked, says otherwise.
  if (!recipient || recipient.response === response) return void (await deps.store.commit(marking))
  const answer = {
    id: `card:${card.id}:${person.personId}:${response}:${recipient.changedAt}`,
    response,
    channel: 'card',
    at: deps.clock(),
    address: null,
    note: null,
    recordedBy: caller.name,
  }
  await recordAnswer(deps, caller.actor, alert, recipient, answer, marking)
}

function unknownCard(): Problem {
  return new Problem('missing', 'card.unknown', 'You hold no such card.')
}
