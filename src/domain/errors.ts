/** What kind of refusal this is; the HTTP layer maps it to a status, the command line to an exit status. */
export type ProblemKind =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'stale'
  | 'mismatch'
  | 'too_large'
  | 'unavailable'
  | 'full'

/**
 * A refusal that a person can act on: a stable dotted code, a sentence, and for input the field.
 * Anything else that is thrown is a bug.
 */
export class Problem extends Error {
  readonly kind: ProblemKind
  readonly code: string
  readonly field: string | undefined
  readonly details: Record<string, unknown> | undefined

  constructor(
    kind: ProblemKind,
    code: string,
    message: string,
    more: { field?: string | undefined; details?: Record<string, unknown> } = {},
  ) {
    super(message)
    this.name = 'Problem'
    this.kind = kind
    this.code = code
    this.field = more.field
    this.details = more.details
  }
}

/** The refusal itself, also where a library has wrapped it in an error of its own; null for a bug. */
export function problemIn(error: unknown): Problem | null {
  if (error instanceof Problem) return error
  return error instanceof Error && error.cause !== undefined ? problemIn(error.cause) : null
}

/** Whether the same may work later with nothing changed in it: the place where it is written takes nothing now. */
export function mayPass(error: unknown): boolean {
  const kind = problemIn(error)?.kind
  return kind === 'unavailable' || kind === 'full'
}
