import type { PhoneBook } from './phone-book.ts'

/** One viewer's place in the stream of changes. */
export interface ChangeReader {
  /** Waits until something has changed; the numbers of all phones that did since the last time, each once. */
  next(): Promise<string[]>
  close(): void
}

export interface ChangeFeed {
  open(): ChangeReader
  /** Something other than a phone has changed. */
  nudge(): void
}

/** Changes are gathered while a viewer is busy, so that a slow one gets fewer and larger pieces, never a backlog. */
export function createChangeFeed(book: PhoneBook): ChangeFeed {
  const wakers = new Set<() => void>()
  return {
    nudge() {
      for (const wake of wakers) wake()
    },
    open() {
      const changed = new Set<string>()
      let dirty = false
      let resume: (() => void) | null = null
      const wake = () => {
        dirty = true
        resume?.()
      }
      const stop = book.listen(({ phone }) => {
        changed.add(phone.number)
        wake()
      })
      wakers.add(wake)
      return {
        async next() {
          if (!dirty)
            await new Promise<void>((resolve) => {
              resume = resolve
            })
          resume = null
          dirty = false
          const numbers = [...changed]
          changed.clear()
          return numbers
        },
        close() {
          stop()
          wakers.delete(wake)
          wake()
        },
      }
    },
  }
}
