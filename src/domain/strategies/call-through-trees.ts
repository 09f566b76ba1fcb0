import { type Standing, standingOf, type Trouble } from './contact-facts.ts'
import type { Because, Decision } from './decision.ts'
import { findStand, type Stand } from './find-stand.ts'
import { type CardDesk, handOutCard, openCardDesk } from './hand-out-cards.ts'
import { findLeader } from './pass-branch.ts'
import { canStart, emptyDecision, factsOf, idOf, type Situation, wakeAt } from './situation.ts'
import type { QuorumRules, StrategyRules } from './strategy-rules.ts'

/** What one decision by broadcast, cascade or relay works with. */
interface Round {
  rules: Exclude<StrategyRules, QuorumRules>
  hold: number
  situation: Situation
  stand: Stand
  desk: CardDesk
  decision: Decision
  /** People whose turn has come, in order, with the reason; everybody once. */
  turns: { person: number; because: Because | null }[]
  hasTurn: Uint8Array
}

/** The next steps of a broadcast, cascade or relay. */
export function callThroughTrees(rules: Round['rules'], situation: Situation): Decision {
  const decision = emptyDecision()
  const round: Round = {
    rules,
    hold: rules.name === 'broadcast' ? Number.POSITIVE_INFINITY : rules.hold,
    situation,
    stand: findStand(situation),
    desk: openCardDesk(situation, decision),
    decision,
    turns: [],
    hasTurn: new Uint8Array(situation.people.length),
  }
  for (const place of situation.places) {
    if (rules.name === 'broadcast') giveTurn(round, place.person, { why: 'broadcast' })
    else if (place.above < 0) giveTurn(round, place.person, { why: 'root' })
  }
  takeTurns(round, 0)
  // Those whose turn came in an earlier decision, or by another door, whatever brought it about may be over.
  const done = round.turns.length
  for (let person = 0; person < situation.facts.length; person++) {
    const facts = factsOf(situation, person)
    if (facts.startedAt !== null || facts.latestAnswer !== null) giveTurn(round, person, null)
  }
  for (const place of situation.cardsAt.keys()) giveTurn(round, situation.places[place]?.person ?? -1, null)
  takeTurns(round, done)
  decision.state = decision.nextAt === null ? 'done' : 'running'
  return decision
}

function giveTurn(round: Round, person: number, because: Because | null): void {
  if (round.hasTurn[person] !== 0) return
  round.hasTurn[person] = 1
  round.turns.push({ person, because })
}

function takeTurns(round: Round, from: number): void {
  for (let index = from; index < round.turns.length; index++) {
    const turn = round.turns[index]
    if (turn) takeTurn(round, turn.person, turn.because)
  }
}

function takeTurn(round: Round, person: number, because: Because | null): void {
  const { situation, decision, hold } = round
  const facts = factsOf(situation, person)
  let since = facts.startedAt
  if (because && canStart(situation, person)) {
    decision.start.push({ person: idOf(situation, person), because })
    since = situation.now
  }
  const standing = standingOf(facts, since, hold, situation.now)
  if (standing.state === 'away' && since === null && facts.awayUntil !== null) wakeAt(decision, facts.awayUntil)

  const places = situation.placesOf[person] ?? []
  if (standing.state === 'waiting' && places.some((place) => leadsOn(situation, place))) wakeAt(decision, standing.at)
  if (standing.state !== 'waiting' && standing.state !== 'accepts') callDeputies(round, person, standing.state)
  for (const place of places) openBranch(round, place, standing)
}

/** Gives the people below a place their turn, by card or directly, once its person no longer keeps them waiting. */
function openBranch(round: Round, index: number, own: Standing): void {
  const { situation, rules, decision } = round
  const place = situation.places[index]
  if (rules.name === 'broadcast' || !place || place.children.length === 0) return
  // A branch that passed on stays open, also while its own lead, back again, has not answered yet.
  const state = own.state === 'waiting' ? situation.passesAt.get(index)?.[0]?.why : own.state
  if (state === undefined) return
  const because: Because = { why: WHY[state], person: idOf(situation, place.person), tree: place.tree }
  const { leader, pass, waitUntil } = findLeader(
    situation,
    round.stand,
    index,
    own,
    rules.hold,
    rules.name === 'cascade',
  )
  if (pass) decision.pass.push(pass)
  if (waitUntil !== null) wakeAt(decision, waitUntil)
  const toCall = place.children.map((child) => situation.places[child]?.person ?? -1)
  if (rules.name === 'cascade') for (const person of toCall) giveTurn(round, person, because)
  else {
    const started = (person: number) => round.hasTurn[person] !== 0 || factsOf(situation, person).startedAt !== null
    const turns = handOutCard(round.desk, index, { leader, people: toCall, started, cardTime: rules.cardTime })
    for (const turn of turns) giveTurn(round, turn.person, turn.because ?? because)
  }
}

const WHY = {
  accepts: 'parent_answered',
  answered: 'parent_answered',
  declined: 'parent_declined',
  silent: 'hold_over',
  unreachable: 'parent_unreachable',
  removed: 'parent_removed',
  away: 'parent_away',
} as const

function leadsOn(situation: Situation, index: number): boolean {
  const place = situation.places[index]
  return place !== undefined && (place.children.length > 0 || place.deputies.length > 0)
}

function callDeputies(round: Round, person: number, trouble: Trouble): void {
  const { situation } = round
  for (const index of situation.placesOf[person] ?? []) {
    for (const deputy of situation.places[index]?.deputies ?? []) {
      giveTurn(round, deputy, { why: 'deputy_for', person: idOf(situation, person), trouble })
    }
  }
}
