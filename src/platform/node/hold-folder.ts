import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { ConfigProblem } from '../config.ts'

/** Hidden, since it holds nothing: its lock is what counts, and the system lifts it with the process that has it. */
const LOCK = '.in-use'

/**
 * Holds the folder of a demo until released: a second one would give every simulated phone another address.
 *
 * @throws ConfigProblem when another process has it
 */
export function holdFolder(folder: string): () => void {
  const lock = new BetterSqlite(join(folder, LOCK), { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch {
    lock.close()
    throw new ConfigProblem(`TOCSIN_DATA: a demo already runs in ${folder}. Stop it, or choose another folder.`)
  }
  return () => lock.close()
}
