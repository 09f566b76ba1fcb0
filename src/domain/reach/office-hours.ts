import { HOUR, MINUTE } from '../clock.ts'

/** Local hours in which people may be asked things that can wait: from, up to but not including. */
const FROM = 9
const UNTIL = 17
const WEEKEND: readonly string[] = ['Sat', 'Sun']
/** No weekend, with a change of clocks, is longer than this. */
const LONGEST_SEARCH = 4 * 24 * HOUR

const formats = new Map<string, Intl.DateTimeFormat>()

/** The weekday and time of day where somebody is. */
function readLocal(time: number, timeZone: string): { weekday: string; hour: number; minute: number } {
  let format = formats.get(timeZone)
  if (!format) {
    const shown = { weekday: 'short', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' } as const
    format = new Intl.DateTimeFormat('en-GB', { timeZone, ...shown })
    formats.set(timeZone, format)
  }
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]))
  return { weekday: parts.get('weekday') ?? '', hour: Number(parts.get('hour')), minute: Number(parts.get('minute')) }
}

/** Whether this is a moment for what can wait: on a weekday, by day, where the person is. */
export function isOfficeTime(time: number, timeZone: string): boolean {
  const { weekday, hour } = readLocal(time, timeZone)
  return !WEEKEND.includes(weekday) && hour >= FROM && hour < UNTIL
}

/** The first such moment from a time on, UTC milliseconds. */
export function nextOfficeTime(time: number, timeZone: string): number {
  for (let at = time; at < time + LONGEST_SEARCH; ) {
    if (isOfficeTime(at, timeZone)) return at
    // To the next full hour of the local clock: zones differ from UTC by quarters of an hour too.
    at += (60 - readLocal(at, timeZone).minute) * MINUTE - (at % MINUTE)
  }
  return time
}

/** The zone that is in the middle of a country, for whoever has told no other; UTC where none is known. @param country ISO 3166-1 alpha-2 */
export function zoneOfCountry(country: string): string {
  // ECMA-402 Locale Info; not in the language's types yet.
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones?: () => string[] | undefined }
  const zones = locale.getTimeZones?.() ?? []
  // One summer's day for all of them: only their order counts.
  const hourIn = (timeZone: string) => (readLocal(SOME_NOON, timeZone).hour + 12) % 24
  const ordered = zones.toSorted((left, right) => hourIn(left) - hourIn(right))
  return ordered[Math.floor(ordered.length / 2)] ?? 'UTC'
}

const SOME_NOON = Date.UTC(2026, 6, 1, 12)
