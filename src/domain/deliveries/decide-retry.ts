import { MINUTE, SECOND } from '../clock.ts'

const FIRST_WAIT = 2 * SECOND
const LONGEST_WAIT = MINUTE
/** Nobody waits longer for one carrier in an emergency, whatever it asks for. */
const LONGEST_NAMED = 10 * MINUTE

/**
 * How long to wait before a message that was not taken is handed over again, in milliseconds:
 * doubling from two seconds to a minute, with up to half of it taken off at random so that
 * those who failed together do not return together. A wait that the carrier named is kept, up to ten minutes.
 *
 * @param attempts hand-overs so far, from 1
 * @param chance from 0 up to but not including 1
 */
export function waitBeforeRetry(attempts: number, chance: number, named: number | undefined): number {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempts - 1, 10))
  return Math.max(Math.min(named ?? 0, LONGEST_NAMED), Math.round(wait * (1 - chance / 2)))
}
