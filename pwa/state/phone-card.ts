import type { CardMarkBody, CardView, MyCard } from '../../src/contract/cards.ts'
import { strategyTexts } from '../texts-strategy.ts'

const texts = strategyTexts.card

type Person = CardView['people'][number]
type Options = MyCard['responseOptions']

/** What can come of a call, as one tap. */
export interface Outcome extends Omit<CardMarkBody, 'person'> {
  label: string
}

/** The outcomes of a call: every answer means that the person was reached. */
export function listOutcomes(options: Options): { reached: Outcome[]; notReached: Outcome[] } {
  const byDigit = options.toSorted((a, b) => a.digit.localeCompare(b.digit))
  return {
    reached: byDigit.map(({ code, label }) => ({ mark: 'reached', response: code, label })),
    notReached: (['no_answer', 'wrong_number'] as const).map((mark) => ({ mark, label: texts.mark[mark] })),
  }
}

/** Whether nobody has to phone this person any more. */
export function isDone({ mark, response }: Person): boolean {
  return mark !== null || response !== null
}

/** Whether this outcome is what is known of the person. An answer, however it was learnt, is more than a mark. */
export function isOutcome(person: Person, { mark, response }: Outcome): boolean {
  return person.response === null ? person.mark === mark && mark !== 'reached' : person.response === response
}

/** Where a person on a card stands, in words. */
export function sayStanding(person: Person, options: Options): string {
  const { mark, response } = person
  if (response !== null) {
    const label = options.find(({ code }) => code === response)?.label ?? response
    return mark === 'reached' ? texts.isReached(label) : texts.isAnswered(label)
  }
  if (mark === 'reached') return texts.reachedOnly
  return mark === null ? texts.open : texts.mark[mark]
}

/** Why a card is worked on no longer; null while it is. A card whose time is over need not have been ended yet. */
export function whyOver(card: CardView, now: number): NonNullable<CardView['endedWhy']> | null {
  if (card.endedAt !== null) return card.endedWhy ?? 'deadline'
  return Date.parse(card.deadline) <= now ? 'deadline' : null
}

export interface Calls {
  alert: string
  title: string
  count: number
  /** The first deadline, ISO 8601. */
  deadline: string
}

/** How many people are still to be phoned, by alert; the alert whose time is over first comes first. */
export function countCalls(cards: readonly MyCard[], now: number): Calls[] {
  const found = new Map<string, Calls>()
  for (const card of cards.toSorted((a, b) => a.deadline.localeCompare(b.deadline))) {
    const open = card.people.filter((person) => !isDone(person)).length
    if (open === 0 || whyOver(card, now)) continue
    const { alert, title, deadline } = card
    const known = found.get(alert) ?? { alert, title, count: 0, deadline }
    found.set(alert, { ...known, count: known.count + open })
  }
  return [...found.values()]
}

/** How many people of these cards are done, of how many. */
export function countDone(cards: readonly CardView[]): { done: number; all: number } {
  const everyone = cards.flatMap(({ people }) => people)
  return { done: everyone.filter(isDone).length, all: everyone.length }
}

/** What a listener is told of what has changed on cards, in sentences. */
export function tellChanges(before: readonly MyCard[], after: readonly MyCard[]): string[] {
  const said: string[] = []
  for (const card of after) {
    const known = before.find(({ id }) => id === card.id)
    if (!known && card.endedAt === null) said.push(`${texts.call(card.people.length)}.`)
    for (const person of known ? card.people : []) {
      const standing = sayStanding(person, card.responseOptions)
      const old = known?.people.find((one) => one.person === person.person)
      if (old && sayStanding(old, card.responseOptions) !== standing) said.push(texts.told(person.name, standing))
    }
    if (known && known.endedAt === null && card.endedAt !== null) said.push(texts.over[card.endedWhy ?? 'deadline'])
  }
  return said
}
