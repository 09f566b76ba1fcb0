import { type IssuedCard, isAccepting, isAway, standingOf, UNTOUCHED } from './contact-facts.ts'
import type { Because, Decision, EndedCard, NewCard } from './decision.ts'
import { factsOf, idOf, type Situation, wakeAt } from './situation.ts'

/** Which cards are still worked on, and who is on one. */
export interface CardDesk {
  situation: Situation
  decision: Decision
  live: Set<IssuedCard>
  /** By person: 1 while on a live card, unmarked and without an answer. */
  held: Uint8Array
}

/** Ends the cards that are over, and sees who still waits for a call from the holder of one. */
export function openCardDesk(situation: Situation, decision: Decision): CardDesk {
  const desk: CardDesk = { situation, decision, live: new Set(), held: new Uint8Array(situation.people.length) }
  for (const cards of situation.cardsAt.values()) {
    for (const card of cards) {
      if (card.endedAt !== null) continue
      const why = whyEnded(situation, card)
      if (why) decision.endCards.push({ card: card.id, why })
      else {
        desk.live.add(card)
        wakeAt(decision, card.deadline)
        for (const person of unsettled(situation, card)) desk.held[person] = 1
      }
    }
  }
  return desk
}

function whyEnded(situation: Situation, card: IssuedCard): EndedCard['why'] | null {
  const holder = situation.facts[situation.numbers.get(card.holder) ?? -1] ?? UNTOUCHED
  if (!isAccepting(holder)) {
    const lostAt = holder.removedAt ?? holder.latestAnswer?.at ?? situation.now
    if (lostAt < card.deadline) return holder.removedAt === null ? 'holder_declined' : 'holder_removed'
  }
  if (card.deadline <= situation.now) return 'deadline'
  return unsettled(situation, card).length === 0 ? 'all_settled' : null
}

function unsettled(situation: Situation, card: IssuedCard): number[] {
  const numbers: number[] = []
  for (const person of card.people) {
    const number = situation.numbers.get(person)
    if (number === undefined || card.marks.has(person)) continue
    const { latestAnswer, removedAt } = factsOf(situation, number)
    if (latestAnswer === null && removedAt === null) numbers.push(number)
  }
  return numbers
}

interface Branch {
  /** -1 when nobody who could has answered. */
  leader: number
  /** The people below, in order. */
  people: number[]
  /** Whether somebody is being contacted already. */
  started: (person: number) => boolean
  cardTime: number
}

/**
 * Who of a branch is to be contacted directly, and a card for its leader with the others. Nobody holds a card of a branch
 * twice, and nobody is on two cards at a time. Its own lead and deputies also get those who are being contacted but
 * silent; for leaders from elsewhere a card exists only to spare people the machine.
 */
export function handOutCard(desk: CardDesk, index: number, branch: Branch): { person: number; because?: Because }[] {
  const { situation, decision } = desk
  const place = situation.places[index]
  if (!place) return []
  const cards = situation.cardsAt.get(index) ?? []
  const overdue = findOverdue(situation, cards)
  const direct: { person: number; because?: Because }[] = []
  const waiting: number[] = []
  for (const person of branch.people) {
    const because = overdue.get(idOf(situation, person))
    const { state } = standingOf(factsOf(situation, person), null, 0, situation.now)
    if (because) direct.push({ person, because })
    else if (state !== 'waiting') direct.push({ person })
    // Where lives may depend on it, those who are away are contacted directly, and phoned as well.
    const isToPhone = state === 'waiting' || (state === 'away' && situation.lifeSafety)
    if (!because && isToPhone && desk.held[person] === 0) waiting.push(person)
  }

  const { leader } = branch
  const mayHold = leader >= 0 && cards.every((card) => card.holder !== situation.people[leader] && !desk.live.has(card))
  const because: NewCard['because'] = leader === place.person ? 'answered' : kinship(situation, index, leader)
  const stepsIn = because === 'answered' || because === 'deputy'
  const isSpared = (person: number) => !branch.started(person) && !isAway(factsOf(situation, person), situation.now)
  const people = mayHold ? waiting.filter((person) => stepsIn || isSpared(person)) : []
  const onCard = new Set(people)
  for (const person of waiting) if (!onCard.has(person)) direct.push({ person })
  if (people.length === 0) return direct
  const deadline = situation.now + branch.cardTime
  wakeAt(decision, deadline)
  for (const person of people) desk.held[person] = 1
  decision.cards.push({
    tree: place.tree,
    branch: idOf(situation, place.person),
    holder: idOf(situation, leader),
    people: people.map((person) => idOf(situation, person)),
    deadline,
    because,
  })
  return direct
}

function kinship(situation: Situation, index: number, leader: number): 'deputy' | 'sibling' | 'above' {
  const place = situation.places[index]
  if (place?.deputies.includes(leader)) return 'deputy'
  // Siblings may be many and cards of a sibling are few: only the places of the leader are looked at.
  const beside = (situation.placesOf[leader] ?? []).some((other) => {
    const its = situation.places[other]
    return its !== undefined && its.siblings === place?.siblings
  })
  return beside ? 'sibling' : 'above'
}

/** The people whom cards of a branch did not bring an answer from, by id, with the card's reason. */
function findOverdue(situation: Situation, cards: readonly IssuedCard[]): Map<string, Because> {
  const overdue = new Map<string, Because>()
  for (const card of cards) {
    const about = { person: card.holder, tree: card.tree }
    const expired = card.deadline <= situation.now && (card.endedAt === null || card.endedAt >= card.deadline)
    for (const person of card.people) {
      const mark = card.marks.get(person)?.mark
      if (mark === 'no_answer') overdue.set(person, { why: 'card_no_answer', ...about })
      else if (mark === 'wrong_number') overdue.set(person, { why: 'card_wrong_number', ...about })
      else if (expired && mark === undefined) overdue.set(person, { why: 'card_expired', ...about })
    }
  }
  return overdue
}
