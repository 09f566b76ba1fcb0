import type { RunnerTestCase } from 'vitest'

/** What a fault test did and what came of it: one line of the fault table. */
export interface FaultFigures {
  /** What was broken. */
  fault: string
  /** How often it was broken, and what was at stake. */
  rounds: number
  messages: number
  /** People, answers or confirmed acts that were gone afterwards. */
  lost: number
  /** Messages that somebody got more than once. */
  double: number
  /** How many of those rule 1 allows: what nobody could know the fate of. */
  allowed: number
}

declare module 'vitest' {
  interface TaskMeta {
    fault?: FaultFigures[]
  }
}

/** Puts a line into the table that `fault-reporter.ts` prints. */
export function noteFault(task: Pick<RunnerTestCase, 'meta'>, figures: FaultFigures): FaultFigures {
  task.meta.fault = [...(task.meta.fault ?? []), figures]
  return figures
}
