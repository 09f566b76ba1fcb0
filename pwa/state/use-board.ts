import { type Dispatch, useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks'
import type { BoardEvent } from '../../src/contract/alerts.ts'
import { followBoard } from '../api/follow-board.ts'
import { Refused } from '../api/request.ts'
import { service } from '../api/service.ts'
import { keepSnapshot, readSnapshot } from '../offline/snapshots.ts'
import { type BoardAction, type BoardState, boardReducer, emptyBoard } from './board-state.ts'
import { noteContact } from './contact.ts'
import { useSession } from './session.ts'
import { useReconcile } from './use-reconcile.ts'

const TOGETHER = 150
const KEEP_EVERY = 10_000

export type Link = 'connecting' | 'connected' | 'lost'

export interface Board extends BoardState {
  link: Link
  problem: Error | null
  /** The service knows no such alert. */
  gone: boolean
  refetch(): void
}

/** The live board of one alert: what was last seen, then everything, then every change as it comes. */
export function useBoard(alert: string): Board {
  const [state, dispatch] = useReducer(boardReducer, emptyBoard)
  const [link, setLink] = useState<Link>('connecting')
  const [problem, setProblem] = useState<Error | null>(null)
  const [gone, setGone] = useState(false)
  const { lost } = useSession()
  const fetching = useRef<AbortController | null>(null)

  const refetch = useCallback(() => {
    fetching.current?.abort()
    const stop = new AbortController()
    fetching.current = stop
    fetchAll(alert, stop.signal, dispatch)
      .then(() => setProblem(null))
      .catch((error: unknown) => {
        if (stop.signal.aborted) return
        if (error instanceof Refused && error.status === 401) lost()
        if (error instanceof Refused && error.code === 'alert.unknown') setGone(true)
        setProblem(error instanceof Error ? error : new Error(String(error)))
      })
  }, [alert])

  useEffect(() => {
    if (gone) return
    void readSnapshot<BoardState>(`board:${alert}`).then((kept) => {
      if (kept) dispatch({ type: 'restored', state: kept.value })
    })
    const flush = gather(dispatch)
    const stop = followBoard(alert, {
      opened: () => {
        setLink('connected')
        refetch()
      },
      event: flush.add,
      alive: () => {
        noteContact(true)
        dispatch({ type: 'alive', now: Date.now() })
      },
      lost: (end) => {
        setLink('lost')
        dispatch({ type: 'lost' })
        if (end.was === 'unanswered') noteContact(false)
        // Where only the stream is refused, as by some proxies, reading again at each attempt keeps the board moving.
        if (end.was === 'refused') refetch()
      },
    })
    return () => {
      stop()
      flush.stop()
      fetching.current?.abort()
    }
  }, [alert, gone])

  useReconcile(alert, state, link === 'connected' && !gone, { refetch, dispatch })
  useUnclear(alert, state, dispatch)
  useKept(alert, state)
  return { ...state, link, problem, gone, refetch }
}

async function fetchAll(alert: string, signal: AbortSignal, dispatch: Dispatch<BoardAction>): Promise<void> {
  const askedAt = Date.now()
  const [view, unclear] = await Promise.all([service.alert(alert, signal), service.unclear(alert, signal)])
  dispatch({ type: 'alert', alert: view, askedAt })
  dispatch({ type: 'unclear', items: unclear })
  const [timeline] = await Promise.all([
    service.timeline(alert, signal),
    service.recipients(alert, (items) => dispatch({ type: 'recipients', items }), signal),
  ])
  dispatch({ type: 'timeline', items: timeline })
  dispatch({ type: 'complete', now: Date.now() })
}

/** Events that come close together are shown together, so that a storm of answers does not freeze the screen. */
function gather(dispatch: Dispatch<BoardAction>): { add(event: BoardEvent): void; stop(): void } {
  let events: BoardEvent[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    add(event) {
      events.push(event)
      timer ??= setTimeout(() => {
        timer = undefined
        dispatch({ type: 'events', events, now: Date.now() })
        events = []
      }, TOGETHER)
    },
    stop: () => clearTimeout(timer),
  }
}

/** Reads the unclear answers again when their number no longer fits, as when somebody else has read one. */
function useUnclear(alert: string, state: BoardState, dispatch: Dispatch<BoardAction>): void {
  const expected = state.alert?.unclear ?? 0
  const fits = state.alert === null || expected === state.unclear.length
  useEffect(() => {
    if (fits) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      service
        .unclear(alert, stop.signal)
        .then((items) => dispatch({ type: 'unclear', items }))
        .catch(() => undefined)
    }, 400)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [alert, fits, expected])
}

/** Keeps the last seen state on this device, now and then. */
function useKept(alert: string, state: BoardState): void {
  const latest = useRef(state)
  latest.current = state
  useEffect(() => {
    const keep = () => {
      if (latest.current.alert) void keepSnapshot(`board:${alert}`, latest.current, latest.current.asOf ?? 0)
    }
    keep()
    const timer = setInterval(keep, KEEP_EVERY)
    addEventListener('pagehide', keep)
    return () => {
      clearInterval(timer)
      removeEventListener('pagehide', keep)
    }
  }, [alert, state.fresh])
}
