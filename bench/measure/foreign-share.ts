/** More than this share of the processor for other processes, and a turn counts for nothing. */
const FOREIGN_LIMIT = 0.12

/** The processor at one moment; all in seconds. */
export interface Snapshot {
  at: number
  /** Time that all cores together have worked since the machine started, for whomever. */
  busy: number
  /** What of it was for the bench: its own process and everything that it started. */
  own: number
}

/** The share of all cores that went to other processes between two moments, from 0 to 1. */
export function foreignShare(before: Snapshot, after: Snapshot, cores: number): number {
  const length = (after.at - before.at) * cores
  if (length <= 0) return 0
  const foreign = after.busy - before.busy - (after.own - before.own)
  // The system counts each process in steps of 10 ms, so that a short turn may seem to have used more than there was.
  return Math.min(1, Math.max(0, foreign / length))
}

/** Whether a turn may count. */
export function isQuiet(share: number): boolean {
  return share <= FOREIGN_LIMIT
}
