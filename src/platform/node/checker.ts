import { schedule } from 'node-cron'
import type { Deps } from '../../application/deps.ts'
import { tendChecks } from '../../application/reach/tend-checks.ts'

/**
 * Asks people whether their contact points still reach them, beside the dispatcher and never in its way: a slow carrier
 * holds up nothing but these.
 */
export function startChecker(deps: Deps): { stop(): Promise<void> } {
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()
  const tend = () => {
    running = tendChecks({ ...deps, spent: stopping.signal }).catch((error: unknown) => {
      // Name only: a message may hold a value, and a value may be personal.
      const what = error instanceof Error ? error.name : 'unknown'
      console.error(JSON.stringify({ level: 'error', message: 'checks failed, will be repeated', error: what }))
    })
    return running
  }
  const tick = schedule('* * * * *', tend, { timezone: 'Etc/UTC', noOverlap: true })
  return {
    async stop() {
      stopping.abort()
      await tick.destroy()
      await running
    },
  }
}
