import { MINUTE } from '../clock.ts'

const LONGEST_WARNING = 30 * MINUTE
/** An end that comes so little later is the same end: somebody tapped twice. */
const SAME = MINUTE

/**
 * When it is to be said that an alert ends soon: half an hour before, or when a quarter of the time is left.
 *
 * @param from since when it runs, or was let go on; UTC milliseconds, as `endsAt`
 */
export function warningTime(from: number, endsAt: number): number {
  return endsAt - Math.min(LONGEST_WARNING, Math.floor((endsAt - from) / 4))
}

/** When an alert that goes on for so long from now ends; null where it ends then or later anyway. */
export function laterEnd(endsAt: number, now: number, milliseconds: number): number | null {
  const later = now + milliseconds
  return later >= endsAt + SAME ? later : null
}
