import { randomBytes } from 'node:crypto'
import type { RandomBytes } from '../domain/ids.ts'

const POOL = 4_096

/** Random bytes for ids and nonces: asked of the system for many at once, which costs as much as asking for one. */
export function createRandomPool(): RandomBytes {
  let pool = Buffer.alloc(0)
  let used = 0
  return (length) => {
    // A new pool each time: what was given out of the last one stays as it is.
    if (used + length > pool.length) {
      pool = randomBytes(Math.max(POOL, length))
      used = 0
    }
    used += length
    return pool.subarray(used - length, used)
  }
}
