import { type ProblemKind, problemIn } from '../domain/errors.ts'
import { KEPT_NOWHERE } from './middleware/keep-nowhere.ts'
import type { AppContext } from './route.ts'

const STATUS: Record<ProblemKind, 400 | 401 | 403 | 404 | 409 | 412 | 413 | 422 | 503 | 507> = {
  malformed: 400,
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  stale: 412,
  mismatch: 422,
  too_large: 413,
  unavailable: 503,
  full: 507,
}

/** What stands in the way of every write is worth another try soon, seconds. */
const RETRY_AFTER = '5'

/** Problem details (RFC 9457). What is not a Problem is a bug: nothing about it is told, and the log gets its name. */
export function answerProblem(error: unknown, c: AppContext): Response {
  const problem = problemIn(error)
  const status = problem ? STATUS[problem.kind] : 500
  if (!problem || status >= 500) logBug(c, error)
  const body = {
    type: 'about:blank',
    title: problem?.kind ?? 'error',
    status,
    code: problem?.code ?? 'internal',
    detail: problem?.message ?? 'Something failed here. It has been logged; please try again.',
    ...(problem?.field === undefined ? {} : { field: problem.field }),
    ...(problem?.details === undefined ? {} : { details: problem.details }),
  }
  const retry = problem && status >= 500 ? { 'retry-after': RETRY_AFTER } : {}
  return c.json(body, status, { 'content-type': 'application/problem+json', ...KEPT_NOWHERE, ...retry })
}

/** Tells the log of what failed behind this route. */
export function logBug(c: AppContext, error: unknown): void {
  console.error(JSON.stringify({ level: 'error', path: c.req.routePath, error: describe(error) }))
}

/** The messages of some errors have several lines, such as the values of a query that failed. */
const PLACE = /^ +at /

/** Name and place of a bug, without the message's values: those may be personal. */
function describe(error: unknown): string {
  const problem = problemIn(error)
  if (problem) return problem.code
  if (!(error instanceof Error)) return typeof error
  const places = (error.stack ?? '').split('\n').filter((line) => PLACE.test(line))
  return [error.name, ...places.slice(0, 5)].join(' ')
}
