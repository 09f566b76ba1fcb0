import { type Dispatch, useEffect, useRef } from 'preact/hooks'
import { service } from '../api/service.ts'
import { type BoardAction, type BoardState, fitsCounts } from './board-state.ts'

const EVERY = 30_000

/**
 * Makes sure that no missed change stays on the board: every half minute the list is read whole when it does not add up
 * to the counts, and else its next page.
 */
export function useReconcile(
  alert: string,
  state: BoardState,
  connected: boolean,
  { refetch, dispatch }: { refetch(): void; dispatch: Dispatch<BoardAction> },
): void {
  const latest = useRef(state)
  latest.current = state
  useEffect(() => {
    if (!connected) return
    const stop = new AbortController()
    let cursor: string | null = null
    const reconcile = async () => {
      if (document.visibilityState === 'hidden' || !latest.current.complete) return
      if (!fitsCounts(latest.current)) return refetch()
      const page = await service.recipientsPage(alert, cursor, stop.signal)
      cursor = page.nextCursor
      dispatch({ type: 'recipients', items: page.items })
    }
    const timer = setInterval(() => void reconcile().catch(() => undefined), EVERY)
    return () => {
      clearInterval(timer)
      stop.abort()
    }
  }, [alert, connected])
}
