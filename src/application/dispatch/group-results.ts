import { mayPass } from '../../domain/errors.ts'
import type { Deps } from '../deps.ts'
import type { AttemptResult, Lane } from '../ports/outbox-store.ts'
import type { Statement } from '../ports/statement.ts'
import type { Spending } from './spending.ts'

const GROUP = 256
const GROUP_WAIT = 20

export interface ResultGroup {
  add(result: AttemptResult): void
  /** Whether something could not be written; it is kept, and tried again with the next `finish`. */
  isStuck(): boolean
  /** Resolves when everything added is on disk; rejects with the first failure. */
  finish(): Promise<void>
}

/** Gathers results and commits them in groups: after so many, or so many milliseconds after the first. */
export function groupResults(deps: Deps, spending: Spending, lane: Lane): ResultGroup {
  let group: AttemptResult[] = []
  let unwritten: Statement[] = []
  let waiting = false
  let failure: { error: unknown } | null = null
  let last = Promise.resolve()
  const flush = () => {
    if (group.length === 0) return
    const results = group
    group = []
    const now = deps.clock()
    const outcomes = results.map(({ outcome }) => outcome)
    const spent = unwritten.concat(spending.take())
    unwritten = []
    const { outbox, figures } = deps.store
    const commit = deps.store.commit([...outbox.settle(results, now), figures.count(lane, outcomes, now), ...spent])
    const written = commit.then(
      () => {},
      (error: unknown) => {
        // What became of a message is known nowhere else: a full disk must not make it be sent again.
        if (mayPass(error)) {
          group = results.concat(group)
          unwritten = spent.concat(unwritten)
        }
        failure ??= { error }
      },
    )
    last = Promise.all([last, written]).then(() => {})
  }
  return {
    add(result) {
      group.push(result)
      if (failure) return
      if (group.length >= GROUP) flush()
      else if (!waiting) {
        waiting = true
        void deps.pause(deps.gatherResults ?? GROUP_WAIT).then(() => {
          waiting = false
          if (!failure) flush()
        })
      }
    },
    isStuck: () => failure !== null,
    async finish() {
      failure = null
      flush()
      await last
      if (failure) throw (failure as { error: unknown }).error
    },
  }
}
