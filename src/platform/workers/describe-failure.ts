import { Problem } from '../../domain/errors.ts'

/** What D1 says of itself, beside what is wrong with a statement: https://developers.cloudflare.com/d1/observability/debug-d1/#error-list */
const FULL = /Exceeded maximum DB size|exceeded D1's maximum account storage limit/i
const INTERRUPTED =
  /D1 DB is overloaded|Too many requests queued|Requests queued for too long|Network connection lost|due to transient issue on remote node|caused object to be reset|because its code was updated|(?:CPU time|memory) limit and was reset/i

/**
 * What a person can do about something that D1 did not take; anything else stays as it is. A batch is carried out whole or
 * not at all, but where the connection was lost nobody knows which.
 */
export function describeFailure(error: unknown): unknown {
  const message = error instanceof Error ? error.message : ''
  if (FULL.test(message)) {
    return new Problem(
      'full',
      'database.full',
      'The database of this service may grow no further. Nothing of this was written. Raise its limit at Cloudflare (D1) and ask again.',
    )
  }
  if (INTERRUPTED.test(message)) {
    return new Problem(
      'unavailable',
      'database.busy',
      'The database has too much to do, or was interrupted. Ask again with the same Idempotency-Key: nothing is done twice.',
    )
  }
  return error
}
