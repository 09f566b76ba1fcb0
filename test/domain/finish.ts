import type { Steps } from '../../src/domain/steps.ts'

/** The result of work in steps, without letting anybody else have their turn. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
