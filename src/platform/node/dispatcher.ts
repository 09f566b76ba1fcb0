import { schedule } from 'node-cron'
import type { Deps } from '../../application/deps.ts'
import { createEngine } from '../../application/dispatch/engine.ts'
import { problemIn } from '../../domain/errors.ts'

/** The longest rest between two looks; a lost nudge costs no more than this. */
const LONGEST_REST = 1_000

export interface Dispatcher {
  nudge(): void
  /** Resolves when what is running has finished; nothing starts after it. */
  stop(): Promise<void>
}

/**
 * Sends what is due in this process: at once when nudged, when the next thing falls due, and at the latest at every
 * tick of the clock in UTC. All state is in the database, so that being killed here loses nothing.
 */
export function startDispatcher(deps: Deps): Dispatcher {
  const engine = createEngine(deps)
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  let timer: NodeJS.Timeout | null = null

  const run = async () => {
    do {
      again = false
      try {
        const next = await engine.run()
        rest(next)
      } catch (error) {
        // Name and place only: a message may hold a value, and a value may be personal.
        const what =
          problemIn(error)?.code ??
          (error instanceof Error
            ? [error.name, ...(error.stack ?? '').split('\n    at ').slice(1, 4)].join(' ')
            : 'unknown')
        console.error(JSON.stringify({ level: 'error', message: 'dispatch failed, will be repeated', error: what }))
        rest(deps.clock() + LONGEST_REST)
      }
    } while (again && !stopped)
  }
  const nudge = () => {
    if (stopped) return
    if (running) {
      again = true
      engine.wake()
      return
    }
    running = run().finally(() => {
      running = null
      if (again) nudge()
    })
  }
  const rest = (next: number | null) => {
    if (timer) clearTimeout(timer)
    timer = null
    if (next === null || stopped) return
    timer = setTimeout(nudge, Math.min(LONGEST_REST, Math.max(5, next - deps.clock())))
    timer.unref()
  }
  const tick = schedule('* * * * * *', nudge, { timezone: 'Etc/UTC', noOverlap: true })
  return {
    nudge,
    async stop() {
      stopped = true
      engine.stop()
      await tick.destroy()
      if (timer) clearTimeout(timer)
      await running
    },
  }
}
