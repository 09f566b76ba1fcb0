import {
  type ContactFacts,
  type ContactHistory,
  type IssuedCard,
  isAccepting,
  mayStart,
  UNTOUCHED,
} from './contact-facts.ts'
import type { Decision, Pass } from './decision.ts'
import type { LaidTrees } from './lay-trees.ts'
import { type AlertRules, isLifeSafety } from './strategy-rules.ts'

/** Everything a decision looks at, by the numbers of people and places. */
export interface Situation extends LaidTrees {
  now: number
  lifeSafety: boolean
  facts: ContactFacts[]
  /** By place, in the order in which they were recorded. */
  passesAt: ReadonlyMap<number, readonly Pass[]>
  /** By place, in the order in which they were issued. */
  cardsAt: ReadonlyMap<number, readonly IssuedCard[]>
}

export function assess(alert: AlertRules, laid: LaidTrees, history: ContactHistory, now: number): Situation {
  const facts = laid.people.map((person) => history.people.get(person) ?? UNTOUCHED)
  for (const card of history.cards) believeMarks(card, laid, facts)
  return {
    ...laid,
    now,
    lifeSafety: isLifeSafety(alert),
    facts,
    passesAt: byPlace(laid, history.passes),
    cardsAt: byPlace(laid, history.cards),
  }
}

/** Somebody marked as reached has answered, also before the answer on behalf has been recorded. */
function believeMarks(card: IssuedCard, laid: LaidTrees, facts: ContactFacts[]): void {
  for (const [person, { mark, at }] of card.marks) {
    const number = laid.numbers.get(person)
    const known = number === undefined ? undefined : facts[number]
    if (mark !== 'reached' || number === undefined || !known || known.latestAnswer) continue
    const answer = { at, accepts: true }
    facts[number] = { ...known, firstAnswer: answer, latestAnswer: answer }
  }
}

function byPlace<T extends { tree: string; branch: string }>(laid: LaidTrees, items: readonly T[]): Map<number, T[]> {
  const grouped = new Map<number, T[]>()
  for (const item of items) {
    const places = laid.placesOf[laid.numbers.get(item.branch) ?? -1] ?? []
    const place = places.find((index) => laid.places[index]?.tree === item.tree)
    if (place === undefined) continue
    const group = grouped.get(place)
    if (group) group.push(item)
    else grouped.set(place, [item])
  }
  return grouped
}

export function factsOf(situation: Situation, person: number): ContactFacts {
  return situation.facts[person] ?? UNTOUCHED
}

export function idOf(situation: Situation, person: number): string {
  return situation.people[person] ?? ''
}

export function accepts(situation: Situation, person: number): boolean {
  return isAccepting(factsOf(situation, person))
}

export function canStart(situation: Situation, person: number): boolean {
  return mayStart(factsOf(situation, person), situation.lifeSafety, situation.now)
}

export function emptyDecision(): Decision {
  return {
    start: [],
    pass: [],
    cards: [],
    endCards: [],
    notNeeded: [],
    neededAgain: [],
    state: 'done',
    nextAt: null,
  }
}

/** Decide again at this time at the latest, although nothing may happen. */
export function wakeAt(decision: Decision, at: number): void {
  if (Number.isFinite(at) && (decision.nextAt === null || at < decision.nextAt)) decision.nextAt = at
}
