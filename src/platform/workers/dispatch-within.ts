import type { Deps } from '../../application/deps.ts'
import { createEngine } from '../../application/dispatch/engine.ts'

/**
 * Does what is due, for as long as this invocation may ask the database.
 *
 * @returns when to go on, UTC milliseconds: now when the budget ended it; null when nothing waits
 */
export async function dispatchWithin(deps: Deps, spent: AbortSignal): Promise<number | null> {
  const engine = createEngine(deps)
  const stop = () => engine.stop()
  spent.addEventListener('abort', stop)
  if (spent.aborted) stop()
  try {
    const next = await engine.run()
    return spent.aborted ? deps.clock() : next
  } finally {
    spent.removeEventListener('abort', stop)
  }
}
