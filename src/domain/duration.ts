import { DAY, HOUR, MINUTE, SECOND } from './clock.ts'

/** Milliseconds of an ISO 8601 duration in weeks, days, hours, minutes and seconds; months and years have no length. */
export function millisecondsOf(duration: string): number {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(duration)
  if (!match || !/\d/.test(duration)) throw new RangeError(`not a duration in weeks to seconds: ${duration}`)
  const [, weeks, days, hours, minutes, seconds] = match.map((part) => Number(part ?? 0))
  return (
    (weeks ?? 0) * 7 * DAY + (days ?? 0) * DAY + (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE + (seconds ?? 0) * SECOND
  )
}
