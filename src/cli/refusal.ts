import type { ProblemBody } from '../contract/shapes.ts'

/** It ran, and the answer is no: ends the program with status 1. */
export class Refusal extends Error {
  readonly problem: ProblemBody

  constructor(problem: ProblemBody) {
    super(problem.detail)
    this.problem = problem
  }
}

/** The command was not used as it must be: ends the program with status 2. */
export class Misuse extends Refusal {
  constructor(code: string, detail: string, field?: string) {
    super(ownProblem(code, detail, 400, field))
  }
}

/** The answer is no and has been said: only the exit status is left to give. */
export class AlreadySaid extends Error {}

/** A problem that the command line itself finds, in the form of the service's own. */
export function ownProblem(code: string, detail: string, status: number, field?: string): ProblemBody {
  return { type: 'about:blank', title: 'command line', status, code, detail, ...(field === undefined ? {} : { field }) }
}

/** One calm sentence with the field and the code. */
export function describeProblem({ detail, code, field }: ProblemBody): string {
  return `${detail} [${code}]${field ? ` (${field})` : ''}`
}
