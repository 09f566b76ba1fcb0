import type { BoardEvent } from '../../src/contract/alerts.ts'
import { createEventReader } from './event-stream.ts'

const SILENCE = 40_000

/** How a connection came to its end: it had been open, it was refused with a status, or no answer came. */
type StreamEnd = { was: 'open' } | { was: 'refused'; status: number } | { was: 'unanswered' }

interface BoardListener {
  /** The stream is open; everything else must now be fetched, because events may have been missed. */
  opened(): void
  event(event: BoardEvent): void
  /** Bytes arrived: the connection lives. */
  alive(): void
  /** The stream ended or could not be opened; it is opened again after a while. */
  lost(end: StreamEnd): void
}

/** Milliseconds before the next attempt: doubling from half a second to 15 seconds, shaken so that screens do not return together. */
export function retryDelay(attempt: number, random: number): number {
  return Math.round(Math.min(15_000, 500 * 2 ** attempt) * (0.5 + random / 2))
}

/** Follows an alert's events until stopped, reconnecting for as long as it takes. */
export function followBoard(alert: string, listener: BoardListener): () => void {
  const stop = new AbortController()
  void follow(alert, listener, stop.signal)
  return () => stop.abort()
}

async function follow(alert: string, listener: BoardListener, stop: AbortSignal): Promise<void> {
  let attempt = 0
  while (!stop.aborted) {
    const end = await readOnce(alert, stop, {
      ...listener,
      opened: () => {
        attempt = 0
        listener.opened()
      },
    })
    if (stop.aborted) return
    listener.lost(end)
    await pause(retryDelay(attempt, Math.random()), stop)
    attempt += 1
  }
}

/** One connection, to its end. */
async function readOnce(alert: string, stop: AbortSignal, listener: BoardListener): Promise<StreamEnd> {
  let end: StreamEnd = { was: 'unanswered' }
  const stalled = new AbortController()
  let watchdog = setTimeout(() => stalled.abort(), SILENCE)
  // A connection that the network has left stays open for minutes and tells nothing.
  const cut = () => stalled.abort()
  addEventListener('offline', cut)
  const touch = () => {
    clearTimeout(watchdog)
    watchdog = setTimeout(() => stalled.abort(), SILENCE)
    listener.alive()
  }
  try {
    const response = await fetch(`/api/v1/alerts/${alert}/events`, {
      headers: { accept: 'text/event-stream' },
      signal: AbortSignal.any([stop, stalled.signal]),
      cache: 'no-store',
    })
    if (!response.ok || !response.body) return { was: 'refused', status: response.status }
    end = { was: 'open' }
    touch()
    listener.opened()
    const read = createEventReader()
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      touch()
      for (const event of read(part.value)) {
        if (event.name === 'board') listener.event(JSON.parse(event.data) as BoardEvent)
      }
    }
  } catch {
    // Whatever broke the stream, the answer is the same: connect again.
  } finally {
    clearTimeout(watchdog)
    removeEventListener('offline', cut)
  }
  return end
}

/** Waits, but not longer than until the network is back. */
function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('online', done)
      stop.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    addEventListener('online', done)
    stop.addEventListener('abort', done)
  })
}
