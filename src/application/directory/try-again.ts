import { Problem } from '../../domain/errors.ts'

const TRIES = 6

/**
 * Reads, decides and commits again when something changed in between: every commit of a directory's request fails as a
 * whole unless all that it was decided from is still so.
 */
export async function tryAgain<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (error instanceof Problem || tries === TRIES) throw error
    }
  }
}

export function unknownResource(): Problem {
  return new Problem('missing', 'directory.unknown', 'There is no such resource.')
}

/** @throws Problem when the client changes another version than the present one */
export function requireVersion(present: number, expected: number | null): void {
  if (expected === null || expected === present) return
  throw new Problem('stale', 'directory.stale', 'It has changed meanwhile. Read it again and repeat.')
}
