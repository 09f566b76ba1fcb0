import { type Actor, nameOf } from '../domain/access/role.ts'
import { Problem } from '../domain/errors.ts'
import type { Deps } from './deps.ts'
import type { Rows, Statement } from './ports/statement.ts'

/** A request that must be carried out once however often it arrives. */
export interface Once {
  key: string
  /** Hash of method, path and body: the same key with another request is a mistake. */
  requestHash: string
}

/**
 * Commits a creating act, at most once per idempotency key: the key is written in the same commit, so that neither a
 * crash nor a race lets it happen twice. A repetition answers what the first one answered.
 *
 * @param shorten makes what is remembered of a result that may be too long for one value of the database
 * @throws Problem `idempotency.mismatch` when the key was used for another request
 */
export async function commitOnce<Result>(
  deps: Deps,
  actor: Actor,
  once: Once | null,
  statements: readonly Statement[],
  result: Result,
  shorten: (result: Result) => Result = (whole) => whole,
): Promise<{ result: Result; repeated: boolean; rows: Rows[] }> {
  if (once === null) return { result, repeated: false, rows: await deps.store.commit(statements) }
  const earlier = await findDone<Result>(deps, actor, once)
  if (earlier) return { ...earlier, rows: [] }
  const done = { requestHash: once.requestHash, status: 201, response: JSON.stringify(shorten(result)) }
  const mark = deps.store.records.markDone(nameOf(actor), once.key, done, deps.clock())
  try {
    const [, ...rows] = await deps.store.commit([mark, ...statements])
    return { result, repeated: false, rows }
  } catch (error) {
    const winner = await findDone<Result>(deps, actor, once)
    if (winner) return { ...winner, rows: [] }
    throw error
  }
}

/** What an earlier request with this key answered; null when there was none. */
export async function findDone<Result>(
  deps: Deps,
  actor: Actor,
  once: Once,
): Promise<{ result: Result; repeated: true } | null> {
  const done = await deps.store.records.done(nameOf(actor), once.key)
  if (!done) return null
  if (done.requestHash !== once.requestHash) {
    throw new Problem('mismatch', 'idempotency.mismatch', 'This Idempotency-Key was used for another request.', {
      field: 'Idempotency-Key',
    })
  }
  return { result: JSON.parse(done.response) as Result, repeated: true }
}
