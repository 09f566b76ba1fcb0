import { DAY } from '../../domain/clock.ts'
import { Problem } from '../../domain/errors.ts'

/** Whoever is away for longer than this is no longer counted upon at all: a later end is a mistyped year. */
const LONGEST = 3 * 365 * DAY

/**
 * Until when somebody is away, UTC milliseconds; null for nobody away.
 *
 * @throws Problem `absence.past`, `absence.too_long` naming the field
 */
export function readAbsence(until: string | null, field: string, now: number): number | null {
  if (until === null) return null
  const time = Date.parse(until)
  if (time <= now) {
    throw new Problem('invalid', 'absence.past', 'This time is over. Give one that is still to come.', { field })
  }
  if (time > now + LONGEST) {
    const message = 'Nobody can be away for more than three years. Give an earlier time.'
    throw new Problem('invalid', 'absence.too_long', message, { field })
  }
  return time
}
