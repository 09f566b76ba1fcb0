import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Rows, Statement } from '../../application/ports/statement.ts'
import type { GroupCommits } from './group-commits.ts'

/** Built or as it stands, the thread's program lies beside this one. */
const PROGRAM = join(import.meta.dirname, `write-thread${extname(import.meta.filename)}`)
/** How long an end waits for what is still to be written; longer than SQLite takes for the largest commit. */
const LONGEST_END = 30_000

/** What the thread is given to work on. */
export interface WriteThreadData {
  file: string
  /** Becomes 1 when everything is written and the file is closed. */
  closed: Int32Array
}
/** A commit, or null for the end. */
export type ToWrite = { id: number; statements: readonly Statement[] } | null
export type Written = { id: number; rows: Rows[] } | { id: number; error: { message: string; code: string } }

/**
 * Commits to a database file in a thread, which groups what is asked for at the same time. A thread that breaks ends the
 * process with it: nobody may go on whose words are not kept.
 */
export function writeBeside(file: string): GroupCommits {
  const closed = new Int32Array(new SharedArrayBuffer(4))
  const thread = new Worker(PROGRAM, { workerData: { file, closed } satisfies WriteThreadData })
  const waiting = new Map<number, { resolve(rows: Rows[]): void; reject(error: Error): void }>()
  let last = 0
  // It keeps the process alive only while there is something to write.
  thread.unref()
  thread.on('message', (written: Written[]) => {
    for (const one of written) {
      const asked = waiting.get(one.id)
      waiting.delete(one.id)
      if ('rows' in one) asked?.resolve(one.rows)
      else asked?.reject(Object.assign(new Error(one.error.message), { code: one.error.code }))
    }
    if (waiting.size === 0) thread.unref()
  })
  const post = (message: ToWrite) => thread.postMessage(message)
  return {
    commit: (statements) =>
      new Promise((resolve, reject) => {
        if (waiting.size === 0) thread.ref()
        waiting.set(++last, { resolve, reject })
        post({ id: last, statements })
      }),
    close() {
      post(null)
      Atomics.wait(closed, 0, 0, LONGEST_END)
    },
  }
}
