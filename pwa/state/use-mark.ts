import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { Unreachable } from '../api/request.ts'
import { service } from '../api/service.ts'
import { onContact } from './contact.ts'
import type { Outcome } from './phone-card.ts'
import { useAction } from './use-action.ts'

export interface Marking {
  /** What was tapped and does not show in the service's word yet. */
  wanted: Outcome | null
  busy: boolean
  problem: Error | null
  mark(outcome: Outcome): void
}

/**
 * Marks one person of a card. A mark that the service has not taken is said to be missing, can be repeated, and is tried
 * again when the service answers: the same mark twice counts once.
 *
 * @param shown what the service last said of the person; a new word of it takes the place of what was tapped
 */
export function useMark(card: string, person: string, shown: unknown, onMarked: () => void): Marking {
  const { busy, problem, run } = useAction()
  const [wanted, setWanted] = useState<Outcome | null>(null)
  const mark = useCallback(
    (outcome: Outcome) => {
      void run(async () => {
        setWanted(outcome)
        const { mark, response } = outcome
        await service.markOnCard(card, { person, mark, ...(response === undefined ? {} : { response }) })
      }).then((done) => done && onMarked())
    },
    [card, person, run, onMarked],
  )
  const settled = useRef(false)
  settled.current = wanted !== null && !busy && problem === null
  useEffect(() => {
    if (settled.current) setWanted(null)
  }, [shown])
  useEffect(() => {
    if (wanted === null || !(problem instanceof Unreachable)) return
    return onContact((reachable) => reachable && mark(wanted))
  }, [wanted, problem, mark])
  return { wanted, busy, problem, mark }
}
