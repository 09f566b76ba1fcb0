import { parentPort, workerData } from 'node:worker_threads'
import { groupCommits } from './group-commits.ts'
import { createRunner, openConnection } from './open-connection.ts'
import type { ToWrite, WriteThreadData, Written } from './write-beside.ts'

const { file, closed } = workerData as WriteThreadData
const sqlite = openConnection(file)
// Whoever asked waits by itself, and asks again.
sqlite.pragma('busy_timeout = 0')
const writes = groupCommits(sqlite, createRunner(sqlite).run)
let written: Written[] = []

/** What became of one group goes back as one message. */
function tell(one: Written): void {
  if (written.length === 0) {
    queueMicrotask(() => {
      parentPort?.postMessage(written)
      written = []
    })
  }
  written.push(one)
}

function describe(error: unknown): { message: string; code: string } {
  if (!(error instanceof Error)) return { message: String(error), code: '' }
  return { message: error.message, code: 'code' in error ? String(error.code) : '' }
}

parentPort?.on('message', (message: ToWrite) => {
  if (message) {
    const { id, statements } = message
    writes.commit(statements).then(
      (rows) => tell({ id, rows }),
      (error: unknown) => tell({ id, error: describe(error) }),
    )
    return
  }
  writes.close()
  sqlite.close()
  Atomics.store(closed, 0, 1)
  Atomics.notify(closed, 0)
  // After what was written last has been told.
  setImmediate(() => parentPort?.close())
})
