import type { Steps } from '../domain/steps.ts'
import type { Deps } from './deps.ts'

/** Carries out long work; between its steps requests, callbacks and sending have their turn. */
export async function runSteps<Result>(deps: Pick<Deps, 'pause'>, steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await deps.pause(0)
  }
}
