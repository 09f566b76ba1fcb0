import { isAway, type Standing, standingOf } from './contact-facts.ts'
import type { Decision } from './decision.ts'
import { accepts, canStart, factsOf, type Situation, wakeAt } from './situation.ts'

/** What can be expected of a person in a quorum; silence counts from the last time that he or she was needed. */
export function standingFor(situation: Situation, person: number, hold: number): Standing {
  const facts = factsOf(situation, person)
  return standingOf(facts, facts.neededAgainAt ?? facts.startedAt, hold, situation.now)
}

/** Whether a person's turn may come: not contacted yet, or sent away again without having answered. */
export function isFree(situation: Situation, person: number): boolean {
  if (canStart(situation, person)) return true
  const facts = factsOf(situation, person)
  const present = situation.lifeSafety || !isAway(facts, situation.now)
  const silent = facts.latestAnswer === null && facts.removedAt === null && facts.exhaustedAt === null
  return present && silent && isSentAway(situation, person)
}

/** Whether a person was told that he or she is not needed, and not the opposite since. */
export function isSentAway(situation: Situation, person: number): boolean {
  const { notNeededAt, neededAgainAt } = factsOf(situation, person)
  return notNeededAt !== null && (neededAgainAt === null || notNeededAt > neededAgainAt)
}

/** Whether a person was contacted, does not accept, and does not know yet that the quorum is filled. */
export function isToBeTold(situation: Situation, person: number): boolean {
  const { startedAt, removedAt, owed } = factsOf(situation, person)
  return (
    startedAt !== null && removedAt === null && !owed && !accepts(situation, person) && !isSentAway(situation, person)
  )
}

/** Until when a contacted person is counted upon to accept; null when not. */
export function openUntil(situation: Situation, person: number, hold: number): number | null {
  if (factsOf(situation, person).startedAt === null || isSentAway(situation, person)) return null
  const standing = standingFor(situation, person, hold)
  return standing.state === 'waiting' ? standing.at : null
}

/** Decides again when somebody who could be contacted but is away comes back. */
export function wakeOnReturn(situation: Situation, person: number, decision: Decision): void {
  const facts = factsOf(situation, person)
  if (facts.awayUntil === null || !isAway(facts, situation.now)) return
  if (isFree({ ...situation, lifeSafety: true }, person)) wakeAt(decision, facts.awayUntil)
}
