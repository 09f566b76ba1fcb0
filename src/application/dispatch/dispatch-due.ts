import type { Deps } from '../deps.ts'
import { createEngine } from './engine.ts'

/** One run of an engine of its own, for homes and commands that do not keep one. Answers as `run` does. */
export function dispatchDue(deps: Deps): Promise<number | null> {
  return createEngine(deps).run()
}
