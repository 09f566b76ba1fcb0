import type { Deps } from '../deps.ts'
import type { AttemptResult } from '../ports/outbox-store.ts'
import type { Spending } from './spending.ts'

const GROUP = 256
const GROUP_WAIT = 20

export interface ResultGroup {
  add(result: AttemptResult): void
  /** Resolves when everything added is on disk; rejects with the first failure. */
  finish(): Promise<void>
}

/** Gathers results and commits them in groups: after so many, or so many milliseconds after the first. */
export function groupResults(deps: Deps, spending: Spending): ResultGroup {
  let group: AttemptResult[] = []
  let waiting = false
  let failure: { error: unknown } | null = null
  let last = Promise.resolve()
  const flush = () => {
    if (group.length === 0) return
    const results = group
    group = []
    const commit = deps.store.commit([...deps.store.outbox.settle(results, deps.clock()), ...spending.take()])
    const written = commit.then(
      () => {},
      (error: unknown) => {
        failure ??= { error }
      },
    )
    last = Promise.all([last, written]).then(() => {})
  }
  return {
    add(result) {
      group.push(result)
      if (group.length >= GROUP) flush()
      else if (!waiting) {
        waiting = true
        void deps.pause(deps.gatherResults ?? GROUP_WAIT).then(() => {
          waiting = false
          flush()
        })
      }
    },
    async finish() {
      flush()
      await last
      if (failure) throw failure.error
    },
  }
}
