import { isAway } from './contact-facts.ts'
import type { Because, Decision } from './decision.ts'
import { isFree, isSentAway, isToBeTold, openUntil, standingFor, wakeOnReturn } from './needed-people.ts'
import { orderCandidates } from './order-candidates.ts'
import { accepts, canStart, emptyDecision, factsOf, idOf, type Situation, wakeAt } from './situation.ts'
import type { QuorumRules } from './strategy-rules.ts'

/** What somebody counts for: a duty, or null, for which everybody does. */
type Seat = string | null

/** What one decision by quorum works with. */
interface Round {
  situation: Situation
  decision: Decision
  wave: number
  /** The people whose turn may come, in order, by what they count for. */
  candidates: Map<Seat, number[]>
  seatsOf: (person: number) => Seat[]
  /** How many are lacking for each, once everybody who is still open has accepted. */
  lacking: Map<Seat, number>
  picked: Set<number>
  whyCalled: (person: number, seat: Seat) => Because
}

/**
 * The next steps of a quorum. Silent people are counted upon for the hold time. As soon as those who accept and those who
 * are still open cannot fill it, the next wave is contacted, and the next, until they can: so at least as many are open
 * as are lacking, and no more than the last wave brings. Waves for a duty come first and contact only people with it.
 * A deputy of somebody who cannot be counted upon has that person's duty too.
 */
export function fillQuorum(rules: QuorumRules, situation: Situation): Decision {
  const round = beginRound(rules, situation)
  const { decision, lacking, seatsOf } = round
  const people = [...situation.people.keys()]
  countAccepting(round)
  if (!isLacking(lacking)) {
    const told = people.filter((person) => isToBeTold(situation, person))
    return { ...decision, notNeeded: told.map((person) => idOf(situation, person)), state: 'filled' }
  }
  for (const person of people) {
    const until = openUntil(situation, person, rules.hold)
    if (until === null) continue
    countIn(lacking, seatsOf(person))
    wakeAt(decision, until)
  }
  let expected = 0
  for (const seat of round.candidates.keys()) expected += callWaves(round, seat)
  if (expected > 0) wakeAt(decision, situation.now + rules.hold)
  if (isLacking(lacking)) for (const person of people) wakeOnReturn(situation, person, decision)
  decision.state = decision.nextAt === null ? 'done' : 'running'
  return decision
}

/**
 * Counts who accepts. Whoever was told not to come and said yes all the same stays away unless told the opposite: so as
 * many of them as are lacking without them are needed again.
 */
function countAccepting({ situation, decision, lacking, seatsOf }: Round): void {
  const accepting = [...situation.people.keys()].filter((person) => accepts(situation, person))
  for (const person of accepting) if (!isSentAway(situation, person)) countIn(lacking, seatsOf(person))
  for (const person of accepting) {
    const seats = isSentAway(situation, person) ? seatsOf(person) : []
    if (!seats.some((seat) => (lacking.get(seat) ?? 0) > 0)) continue
    decision.neededAgain.push(idOf(situation, person))
    countIn(lacking, seats)
  }
}

function beginRound(rules: QuorumRules, situation: Situation): Round {
  const { order, standsInFor } = orderCandidates(situation, rules.hold)
  const duties = Object.keys(rules.perDuty)
  const seatsOf = (person: number): Seat[] => {
    if (duties.length === 0) return [null]
    const own = [person, ...(standsInFor.get(person) ?? [])].map((holder) => factsOf(situation, holder).duty)
    return [null, ...duties.filter((duty) => own.includes(duty))]
  }
  const candidates = new Map<Seat, number[]>([...duties, null].map((seat) => [seat, []]))
  for (const person of order) {
    if (isFree(situation, person)) for (const seat of seatsOf(person)) candidates.get(seat)?.push(person)
  }
  const reopenedBy = findReopening(situation)
  const whyCalled = (person: number, seat: Seat): Because => {
    const absent = standsInFor.get(person)?.[0]
    const trouble = absent === undefined ? 'waiting' : standingFor(situation, absent, rules.hold).state
    if (absent !== undefined && trouble !== 'waiting' && trouble !== 'accepts') {
      return { why: 'deputy_for', person: idOf(situation, absent), trouble }
    }
    if (reopenedBy >= 0) return { why: 'quorum_reopened', person: idOf(situation, reopenedBy) }
    return seat === null ? { why: 'wave' } : { why: 'wave_for_duty', duty: seat }
  }
  const lacking = new Map<Seat, number>([...Object.entries(rules.perDuty), [null, rules.need]])
  const wave = Math.max(1, rules.wave)
  return { situation, decision: emptyDecision(), wave, candidates, seatsOf, lacking, picked: new Set(), whyCalled }
}

/** Contacts whole waves of those who count for a seat, until enough are open for it or nobody is left. */
function callWaves(round: Round, seat: Seat): number {
  const { situation, decision, lacking, seatsOf, wave } = round
  let expected = 0
  for (const person of round.candidates.get(seat) ?? []) {
    if (expected % wave === 0 && (lacking.get(seat) ?? 0) <= 0) break
    if (round.picked.has(person)) continue
    round.picked.add(person)
    const id = idOf(situation, person)
    if (canStart(situation, person)) decision.start.push({ person: id, because: round.whyCalled(person, seat) })
    else decision.neededAgain.push(id)
    // Where lives may depend on it, those who are away are told, but not counted upon.
    if (isAway(factsOf(situation, person), situation.now)) continue
    expected++
    countIn(lacking, seatsOf(person))
  }
  return expected
}

function countIn(lacking: Map<Seat, number>, seats: Seat[]): void {
  for (const seat of seats) lacking.set(seat, (lacking.get(seat) ?? 0) - 1)
}

function isLacking(lacking: ReadonlyMap<Seat, number>): boolean {
  return lacking.values().some((number) => number > 0)
}

/** The person whose yes became a no after the last contact began; -1 when nobody's did. */
function findReopening(situation: Situation): number {
  let lastStart = Number.NEGATIVE_INFINITY
  let reopenedAt = Number.NEGATIVE_INFINITY
  let reopenedBy = -1
  for (const [person, { startedAt, firstAnswer, latestAnswer, removedAt }] of situation.facts.entries()) {
    if (startedAt !== null && startedAt > lastStart) lastStart = startedAt
    if (!firstAnswer?.accepts || accepts(situation, person)) continue
    const at = removedAt ?? latestAnswer?.at ?? firstAnswer.at
    if (at > reopenedAt) {
      reopenedAt = at
      reopenedBy = person
    }
  }
  return reopenedAt > lastStart ? reopenedBy : -1
}
