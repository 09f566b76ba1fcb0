import { useCallback, useRef, useState } from 'preact/hooks'
import { Refused } from '../api/request.ts'
import { useSession } from './session.ts'

export interface Action {
  busy: boolean
  problem: Error | null
  /** Does it unless it is already being done; true when it worked. */
  run(act: () => Promise<void>): Promise<boolean>
  clear(): void
}

/** One act of the user at a time, with its error kept for showing. */
export function useAction(): Action {
  const [state, setState] = useState<{ busy: boolean; problem: Error | null }>({ busy: false, problem: null })
  const { lost } = useSession()
  const running = useRef(false)
  const run = useCallback(
    async (act: () => Promise<void>) => {
      if (running.current) return false
      running.current = true
      setState({ busy: true, problem: null })
      try {
        await act()
        setState({ busy: false, problem: null })
        return true
      } catch (error) {
        if (error instanceof Refused && error.status === 401) lost()
        setState({ busy: false, problem: error instanceof Error ? error : new Error(String(error)) })
        return false
      } finally {
        running.current = false
      }
    },
    [lost],
  )
  const clear = useCallback(() => setState({ busy: false, problem: null }), [])
  return { ...state, run, clear }
}
