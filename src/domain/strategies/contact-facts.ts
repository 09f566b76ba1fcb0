import type { Pass } from './decision.ts'

export interface Answered {
  at: number
  accepts: boolean
}

/** What has happened with one person in one alert. Times are UTC milliseconds. */
export interface ContactFacts {
  /** When the channel plan began. */
  startedAt: number | null
  /** The acknowledgement. */
  firstAnswer: Answered | null
  /** What the person stands at. */
  latestAnswer: Answered | null
  /** When the plan was over without an answer, or nobody could be reached by it. */
  exhaustedAt: number | null
  /** When the person was deleted or taken out of the alert. */
  removedAt: number | null
  awayUntil: number | null
  duty: string | null
  /** When the person was last told that he or she is not needed. */
  notNeededAt: number | null
  /** When that was last taken back. */
  neededAgainAt: number | null
  /** As whose deputy the person was contacted. */
  deputyFor: string | null
  /** Contacted because whoever runs the alert wanted it, and nothing has left yet: not to be called off unheard. */
  owed: boolean
}

/** Somebody of whom nothing is known yet. */
export const UNTOUCHED: ContactFacts = {
  startedAt: null,
  firstAnswer: null,
  latestAnswer: null,
  exhaustedAt: null,
  removedAt: null,
  awayUntil: null,
  duty: null,
  notNeededAt: null,
  neededAgainAt: null,
  deputyFor: null,
  owed: false,
}

export type CardMark = 'reached' | 'no_answer' | 'wrong_number'

/** A card that somebody holds or held: the people of one branch whom he or she is to phone. */
export interface IssuedCard {
  id: string
  tree: string
  /** The person whose children these are. */
  branch: string
  holder: string
  people: readonly string[]
  deadline: number
  marks: ReadonlyMap<string, { mark: CardMark; at: number }>
  /** When it was recorded that it ended, whyever. */
  endedAt: number | null
}

/** All that has happened in an alert so far; the same history gives the same decision. */
export interface ContactHistory {
  /** By person id; somebody who is missing has not been contacted. */
  people: ReadonlyMap<string, ContactFacts>
  /** In the order in which they were issued. */
  cards: readonly IssuedCard[]
  /** In the order in which they were recorded. */
  passes: readonly Pass[]
}

/** Why a person cannot be counted upon. */
export type Trouble = 'silent' | 'declined' | 'unreachable' | 'removed' | 'away'

export interface Standing {
  state: 'accepts' | 'waiting' | Trouble
  /** Since when; for `waiting`, until when. */
  at: number
}

/**
 * What a person can be counted upon for now. An answer proves more than an absence or a plan that is over; being taken
 * out of the alert overrides it.
 *
 * @param since when silence began to count, null when it has not
 * @param hold how long silence is waited for, milliseconds
 */
export function standingOf(facts: ContactFacts, since: number | null, hold: number, now: number): Standing {
  if (facts.removedAt !== null) return { state: 'removed', at: facts.removedAt }
  const answer = facts.latestAnswer
  if (answer) return { state: answer.accepts ? 'accepts' : 'declined', at: answer.at }
  if (facts.exhaustedAt !== null) return { state: 'unreachable', at: facts.exhaustedAt }
  if (isAway(facts, now)) return { state: 'away', at: now }
  const until = since === null ? Number.POSITIVE_INFINITY : since + hold
  return { state: until <= now ? 'silent' : 'waiting', at: until }
}

export function isAway(facts: ContactFacts, now: number): boolean {
  return facts.awayUntil !== null && facts.awayUntil > now
}

export function isAccepting(facts: ContactFacts): boolean {
  return facts.removedAt === null && facts.latestAnswer !== null && facts.latestAnswer.accepts
}

/** Whether a channel plan may begin: never for those who answered, never a second time. */
export function mayStart(facts: ContactFacts, lifeSafety: boolean, now: number): boolean {
  return (
    facts.startedAt === null &&
    facts.latestAnswer === null &&
    facts.removedAt === null &&
    facts.exhaustedAt === null &&
    (lifeSafety || !isAway(facts, now))
  )
}
