import type { Database as Sqlite } from 'better-sqlite3'
import type { Rows, Statement } from '../../application/ports/statement.ts'
import { isBusy } from './describe-failure.ts'

/** So few that requests have their turn between two groups. */
const MOST = 128

interface Waiting {
  statements: readonly Statement[]
  resolve: (rows: Rows[]) => void
  reject: (error: unknown) => void
}

type Outcome = { rows: Rows[] } | { error: unknown }

export interface GroupCommits {
  /** Resolves when these statements are on disk, all of them; rejects when none is. */
  commit(statements: readonly Statement[]): Promise<Rows[]>
  /** Writes at once what waits. */
  close(): void
}

/**
 * Brings commits that are asked for in one turn of the event loop to the disk together, since waiting for the disk is
 * most of what a small commit takes. Each stays all or nothing by itself: what fails in one is taken back alone. Where
 * SQLite takes back everything (a full disk, say), each is tried again alone. Errors are SQLite's own: while another
 * program writes, all are refused as busy.
 *
 * @param run carries out statements within the transaction that is open
 */
export function groupCommits(sqlite: Sqlite, run: (statements: readonly Statement[]) => Rows[]): GroupCommits {
  const begin = sqlite.prepare('begin immediate')
  const end = sqlite.prepare('commit')
  const takeBack = sqlite.prepare('rollback')
  const mark = sqlite.prepare('savepoint one')
  const unmark = sqlite.prepare('release one')
  const takeBackToMark = sqlite.prepare('rollback to one')
  const queue: Waiting[] = []
  let due = false

  const runOne = ({ statements }: Waiting): Outcome => {
    mark.run()
    try {
      const rows = run(statements)
      unmark.run()
      return { rows }
    } catch (error) {
      if (!sqlite.inTransaction) throw error
      takeBackToMark.run()
      unmark.run()
      return { error }
    }
  }
  const runAll = (group: readonly Waiting[]): Outcome[] => {
    begin.run()
    try {
      const outcomes = group.map(runOne)
      end.run()
      return outcomes
    } catch (error) {
      if (sqlite.inTransaction) takeBack.run()
      throw error
    }
  }
  const write = (group: readonly Waiting[]) => {
    if (group.length === 0) return
    let outcomes: Outcome[]
    try {
      outcomes = runAll(group)
    } catch (error) {
      if (group.length > 1 && !isBusy(error)) {
        for (const one of group) write([one])
        return
      }
      outcomes = group.map(() => ({ error }))
    }
    for (const [index, outcome] of outcomes.entries()) {
      if ('rows' in outcome) group[index]?.resolve(outcome.rows)
      else group[index]?.reject(outcome.error)
    }
  }
  const flush = () => {
    due = false
    const group = queue.splice(0, MOST)
    if (queue.length > 0) schedule()
    write(group)
  }
  const schedule = () => {
    if (due) return
    due = true
    setImmediate(flush)
  }
  return {
    commit: (statements) =>
      new Promise((resolve, reject) => {
        queue.push({ statements, resolve, reject })
        schedule()
      }),
    close() {
      write(queue.splice(0))
    },
  }
}
