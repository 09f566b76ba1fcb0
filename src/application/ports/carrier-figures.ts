import type { AttemptResult, Lane } from './outbox-store.ts'
import type { Statement } from './statement.ts'

/** A carrier that is set aside on one channel. */
export interface LaneAside extends Lane {
  since: number
  /** When it is tried again, UTC milliseconds. */
  until: number
  reason: string
  /** Which carrier takes its messages meanwhile; null when no other is there. */
  next: string | null
}

export type Outcome = AttemptResult['outcome']

/** What carriers do and how they are, for people who look and for monitoring. */
export interface CarrierFigures {
  aside(): Promise<LaneAside[]>
  /** Keeps that a carrier is set aside; of one that is already, only until when. */
  setAside(lane: LaneAside): Statement
  takeBack(lane: Lane): Statement
  /** Adds to what came of hand-overs. */
  count(lane: Lane, outcomes: readonly Outcome[], now: number): Statement
  /** What came of hand-overs since a time, to the minute; of all when it is 0. */
  outcomes(since: number): Promise<(Lane & { outcome: Outcome; count: number })[]>
  /** What waits in each lane, and since when the oldest of what is due has been due. */
  waiting(now: number): Promise<(Lane & { count: number; dueSince: number | null })[]>
  /** How many recipients have acknowledged, of all alerts. */
  acknowledgements(): Promise<number>
}
