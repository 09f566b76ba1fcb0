import type { CardView, MyCard } from '../../contract/cards.ts'
import type { Actor } from '../../domain/access/role.ts'
import { offeredResponses, textsFor } from '../../domain/alerts/localise.ts'
import { findAlert } from '../alerts/find-alert.ts'
import { toIso } from '../alerts/view-alert.ts'
import type { Deps } from '../deps.ts'
import type { Card } from '../ports/card-store.ts'
import type { ContactPoint } from '../ports/people-store.ts'

/** Every card of an alert, without numbers. @throws Problem `alert.unknown` */
export async function listCards(deps: Deps, alertId: string): Promise<CardView[]> {
  await findAlert(deps, alertId)
  return (await deps.store.cards.ofAlert(alertId)).map(viewCard)
}

/** The cards that the signed-in person holds, with the numbers to phone. */
export async function listMyCards(deps: Deps, actor: Actor): Promise<MyCard[]> {
  if (actor.kind !== 'account' || actor.personId === null) return []
  return viewHeldCards(deps, actor.personId)
}

/** The cards of one person, with the numbers to phone: for nobody but their holder. */
export async function viewHeldCards(deps: Deps, holder: string, alertId?: string): Promise<MyCard[]> {
  const held = (await deps.store.cards.heldBy(holder)).filter(
    (card) => alertId === undefined || card.alertId === alertId,
  )
  const everybody = [...new Set(held.flatMap((card) => card.people.map(({ personId }) => personId)))]
  const found = everybody.length === 0 ? [] : await deps.store.people.find(everybody)
  const phones = new Map(found.map(({ id, contactPoints }) => [id, phonesOf(contactPoints)]))
  const language = (await deps.store.people.find([holder]))[0]?.language ?? deps.settings.language
  return Promise.all(
    held.map(async (card) => {
      const { manifest } = await findAlert(deps, card.alertId)
      const view = viewCard(card)
      return {
        ...view,
        title: textsFor(manifest, language).title,
        responseOptions: offeredResponses(manifest, language),
        people: view.people.map((person) => ({ ...person, phones: phones.get(person.person) ?? [] })),
      }
    }),
  )
}

/** Every number once, in the person's order: the one for texts is often the one to ring. */
function phonesOf(points: readonly ContactPoint[]): string[] {
  const numbers = points.filter(({ kind }) => kind === 'voice' || kind === 'sms').map(({ address }) => address)
  return [...new Set(numbers)]
}

function viewCard(card: Card): CardView {
  return {
    id: card.id,
    alert: card.alertId,
    holder: { person: card.holder.personId, name: card.holder.name },
    branch: { person: card.branch.personId, name: card.branch.name },
    issuedAt: toIso(card.issuedAt),
    deadline: toIso(card.deadline),
    endedAt: card.endedAt === null ? null : toIso(card.endedAt),
    endedWhy: card.endedWhy,
    people: card.people.map(({ personId, name, mark, markedAt, response }) => ({
      person: personId,
      name,
      mark,
      markedAt: markedAt === null ? null : toIso(markedAt),
      response,
    })),
  }
}
