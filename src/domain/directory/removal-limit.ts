import { DAY } from '../clock.ts'

/** Within which time what a directory removes is counted, milliseconds. */
export const REMOVALS_COUNTED = DAY

const ALWAYS = 10
const SHARE = 0.05

/**
 * How many people a directory may take out within a day without a human: ten, or one in twenty. More of them at once is
 * rather a directory that was emptied, a filter that was mistyped or an attacker than people who left.
 */
export function removalLimit(people: number): number {
  return Math.max(ALWAYS, Math.floor(people * SHARE))
}

/** Why a removal waits for a human. */
export type RemovalReason = 'over_limit' | 'in_alert' | 'has_account'

/** What decides about a removal. */
export interface RemovalFacts {
  /** Whether the person is in an alert that is open. */
  inAlert: boolean
  /** Whether somebody could sign in as this person. */
  hasAccount: boolean
  /** People whom the directory took out within the time, and all whom it has. */
  removed: number
  people: number
}

/** Why a directory may not take this person out by itself; null when it may. */
export function judgeRemoval({ inAlert, hasAccount, removed, people }: RemovalFacts): RemovalReason | null {
  if (inAlert) return 'in_alert'
  if (hasAccount) return 'has_account'
  return removed >= removalLimit(people) ? 'over_limit' : null
}
