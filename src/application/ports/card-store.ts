import type { CardMark } from '../../domain/strategies/contact-facts.ts'
import type { EndedCard } from '../../domain/strategies/decision.ts'
import type { Statement } from './statement.ts'

/** Somebody on a card, and what became of it. */
export interface CardPerson {
  personId: string
  /** Null for somebody who was taken out before the alert was raised. */
  recipientId: string | null
  name: string
  mark: CardMark | null
  markedAt: number | null
  /** What the person stands at, however it was learnt. */
  response: string | null
}

export interface Card {
  id: string
  alertId: string
  holder: { personId: string; name: string }
  /** The person whose people these are. */
  branch: { personId: string; name: string }
  issuedAt: number
  deadline: number
  endedAt: number | null
  endedWhy: EndedCard['why'] | null
  people: CardPerson[]
}

export interface CardStore {
  /** All cards of an alert, in the order in which they were issued. */
  ofAlert(alertId: string): Promise<Card[]>
  /**
   * The cards of a person in open alerts, also those whose time is over: who phones later still brings answers. None of
   * somebody who was removed or has declined.
   */
  heldBy(personId: string): Promise<Card[]>
  find(id: string): Promise<Card | null>
  /**
   * Marks somebody on a card that is held; one who was reached stays so. Answers a row when it changed something.
   * The second statement makes the alert's strategy look again.
   */
  mark(card: Card, personId: string, mark: CardMark, now: number): Statement[]
}
