import type { Trouble } from './contact-facts.ts'

/** Why somebody is contacted now, and whom that is about. */
export type Because =
  | { why: 'broadcast' | 'root' }
  | { why: 'parent_answered' | 'parent_declined' | 'hold_over'; person: string; tree: string }
  | { why: 'parent_unreachable' | 'parent_removed' | 'parent_away'; person: string; tree: string }
  | { why: 'deputy_for'; person: string; trouble: Trouble }
  /** The holder of the card. */
  | { why: 'card_expired' | 'card_no_answer' | 'card_wrong_number'; person: string; tree: string }
  | { why: 'wave' }
  | { why: 'wave_for_duty'; duty: string }
  /** The person whose yes became a no. */
  | { why: 'quorum_reopened'; person: string }
  /** By somebody who runs the alert; `entry` of the timeline says who. */
  | { why: 'added'; entry: string }

/** The lead of a branch went from one person to another. */
export interface Pass {
  tree: string
  /** The person whose children these are. */
  branch: string
  /** Who led it before; null when nobody did. */
  from: string | null
  /** Who leads it now; null when nobody who could has answered. */
  to: string | null
  /** What the one who leads now is to the branch. */
  as: 'lead' | 'deputy' | 'sibling' | 'above' | 'nobody'
  /** What became of the one before; `answered` when nobody led and somebody has answered now. */
  why: Trouble | 'answered'
  /** When that came about, UTC milliseconds; never later than the decision. */
  at: number
}

/** A card to issue: `holder` is to phone `people`. */
export interface NewCard {
  tree: string
  branch: string
  holder: string
  people: string[]
  deadline: number
  /** `answered`: the branch is the holder's own. Otherwise what the holder is to it. */
  because: 'answered' | Exclude<Pass['as'], 'nobody' | 'lead'>
}

export interface EndedCard {
  card: string
  why: 'deadline' | 'holder_declined' | 'holder_removed' | 'all_settled'
}

/** The next steps. Recording them and deciding again at the same time gives no further steps. */
export interface Decision {
  /** Whose channel plan begins now. */
  start: { person: string; because: Because }[]
  pass: Pass[]
  cards: NewCard[]
  endCards: EndedCard[]
  /** Contacted, not at an accepting answer, and not told yet that the quorum is filled. */
  notNeeded: string[]
  /**
   * Told that they are not needed, and needed after all: silent, or at an accepting answer on which the quorum now rests.
   * Their plan does not begin anew, but they are told.
   */
  neededAgain: string[]
  /**
   * - `running`: time alone will bring further steps.
   * - `filled`: the quorum stands; an answer that changes may open it again.
   * - `done`: nothing more comes by time; answers may still bring steps.
   */
  state: 'running' | 'filled' | 'done'
  /** When to decide again although nothing happened, UTC milliseconds. */
  nextAt: number | null
}
