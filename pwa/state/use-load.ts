import { type Dispatch, type StateUpdater, useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks'
import { Refused } from '../api/request.ts'
import { keepSnapshot, readSnapshot } from '../offline/snapshots.ts'
import { onContact } from './contact.ts'
import { SessionContext } from './session.ts'

export interface Loaded<T> {
  value: T | null
  /** When the value was read from the service, by this device's clock. */
  at: number | null
  problem: Error | null
  busy: boolean
  reload(): void
}

interface Options {
  /** Keep the value on this device under this name, and begin with it. */
  snapshot?: string
  /** Milliseconds between fresh reads while the page is seen. */
  every?: number
}

type Shown<T> = Omit<Loaded<T>, 'reload'>

/** Reads something from the service whenever `key` changes, on return to the page, and at intervals. A null key reads nothing. */
export function useLoad<T>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<T>,
  options: Options = {},
): Loaded<T> {
  const [shown, setShown] = useState<Shown<T>>({ value: null, at: null, problem: null, busy: key !== null })
  const [turn, setTurn] = useState(0)
  const signed = useContext(SessionContext)
  const latest = useRef(load)
  latest.current = load
  const { snapshot, every } = options
  const reload = useCallback(() => setTurn((before) => before + 1), [])

  useEffect(() => {
    setShown({ value: null, at: null, problem: null, busy: key !== null })
    if (key === null || snapshot === undefined) return
    void readSnapshot<T>(`${snapshot}:${key}`).then((kept) => {
      if (kept) setShown((now) => (now.value === null ? { ...now, value: kept.value, at: kept.at } : now))
    })
  }, [key, snapshot])

  useEffect(() => {
    if (key === null) return
    const stop = new AbortController()
    setShown((now) => ({ ...now, busy: true }))
    latest
      .current(stop.signal)
      .then((value) => {
        const at = Date.now()
        if (stop.signal.aborted) return
        setShown({ value, at, problem: null, busy: false })
        if (snapshot !== undefined) void keepSnapshot(`${snapshot}:${key}`, value, at)
      })
      .catch((error: unknown) => fail(error, stop.signal, setShown, signed?.lost))
    return () => stop.abort()
  }, [key, turn, snapshot])

  useEffect(() => onContact((reachable) => reachable && reload()), [reload])
  useRefresh(key === null ? undefined : every, reload)
  return { ...shown, reload }
}

function fail<T>(
  error: unknown,
  signal: AbortSignal,
  setShown: Dispatch<StateUpdater<Shown<T>>>,
  lost?: () => void,
): void {
  if (signal.aborted) return
  if (error instanceof Refused && error.status === 401) lost?.()
  const problem = error instanceof Error ? error : new Error(String(error))
  setShown((now) => ({ ...now, problem, busy: false }))
}

/** Calls back at intervals while the page is seen, and at once when it is seen again, the network is back or an alert came in. */
function useRefresh(every: number | undefined, refresh: () => void): void {
  useEffect(() => {
    if (every === undefined) return
    const seen = () => {
      if (document.visibilityState === 'visible') refresh()
    }
    const timer = setInterval(seen, every)
    const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined
    document.addEventListener('visibilitychange', seen)
    addEventListener('online', refresh)
    worker?.addEventListener('message', refresh)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', seen)
      removeEventListener('online', refresh)
      worker?.removeEventListener('message', refresh)
    }
  }, [every, refresh])
}
