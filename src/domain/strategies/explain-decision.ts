import type { Because, EndedCard, NewCard, Pass } from './decision.ts'
import {
  countPeople,
  explainCard,
  explainContact,
  explainContacts,
  explainPass,
  type NameOf,
} from './explain-contact.ts'

/** Where an entry of the timeline names people by id. */
const PEOPLE = ['first', 'branch', 'from', 'to', 'holder'] as const

/** The ids of the people whom an entry of the timeline names. */
export function peopleIn(data: Record<string, unknown>): string[] {
  const because = data.because as Partial<{ person: string }> | string | undefined
  const about = typeof because === 'object' ? because.person : undefined
  return [...PEOPLE.map((field) => data[field]), about].filter((id) => typeof id === 'string')
}

/** One sentence of the timeline about a decision of a strategy; null for an entry of another kind. */
export function explainDecision(kind: string, data: Record<string, unknown>, nameOf: NameOf): string | null {
  switch (kind) {
    case 'contacting':
      return explainStarts(data, nameOf)
    case 'branch_passed':
      return explainPass(data as unknown as Pass, nameOf)
    case 'card_issued':
      return explainCard(data as unknown as Omit<NewCard, 'people'> & { people: number }, nameOf)
    case 'card_ended':
      return ENDED[(data as unknown as EndedCard).why]
    case 'not_needed':
      return `Enough people have accepted; ${countPeople(Number(data.people))} who were contacted are told that they are not needed.`
    case 'needed_again':
      return `More people are needed again; ${countPeople(Number(data.people))} are told so.`
    default:
      return null
  }
}

const ENDED: Record<EndedCard['why'], string> = {
  deadline: 'The time of a card is over; those on it who are not marked are contacted directly.',
  holder_declined: 'The holder of a card has declined; the card passes on.',
  holder_removed: 'The holder of a card is no longer in the alert; the card passes on.',
  all_settled: 'Everybody on a card has been reached or has answered.',
}

function explainStarts(data: Record<string, unknown>, nameOf: NameOf): string {
  const because = data.because as Because
  const people = Number(data.people)
  if (data.reasons !== undefined)
    return `${countPeople(people)} are contacted, for ${data.reasons} reasons; each is shown with the person.`
  if (people === 1) return explainContact(String(data.first), because, nameOf)
  return explainContacts(people, because, nameOf)
}
