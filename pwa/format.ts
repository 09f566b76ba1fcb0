const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A whole number, grouped as the reader is used to. */
export function formatNumber(value: number, locale?: string): string {
  return new Intl.NumberFormat(locale).format(value)
}

/** A share of a whole, rounded down so that 100 % means everyone. */
export function formatShare(part: number, whole: number, locale?: string): string {
  const share = whole === 0 ? 0 : Math.floor((part / whole) * 100) / 100
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(share)
}

/** The right form of a word for a number, such as "1 person" and "2 people". */
export function plural(count: number, one: string, other: string, locale?: string): string {
  const form = new Intl.PluralRules('en').select(count) === 'one' ? one : other
  return `${formatNumber(count, locale)} ${form}`
}

/** A length of time in milliseconds by its largest unit: "45 s", "12 min", "3 h", "2 d". */
export function formatSpan(milliseconds: number): string {
  const span = Math.max(0, milliseconds)
  if (span < MINUTE) return `${Math.floor(span / 1000)} s`
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min`
  if (span < DAY) return `${Math.floor(span / HOUR)} h`
  return `${Math.floor(span / DAY)} d`
}

/** A length of time in milliseconds in full, for what was set and is not passing by: "45 s", "1 min 30 s", "1 d 12 h". */
export function formatLength(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`)
  return said.length === 0 ? '0 s' : said.join(' ')
}

/** A moment as the clock shows it, with its time zone: reports and messages are in UTC. With its day when that is not today. */
export function formatMoment(iso: string, now: number, locale?: string, timeZone?: string): string {
  const clock = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const
  return dayBefore(iso, now, locale, timeZone) + formatIn(iso, clock, locale, timeZone)
}

/** A moment to the second, for timelines, whose heading names the zone. With its day when that is not today. */
export function formatSecond(iso: string, now: number, locale?: string, timeZone?: string): string {
  return dayBefore(iso, now, locale, timeZone) + formatIn(iso, { timeStyle: 'medium' }, locale, timeZone)
}

/** The time zone in which times are shown at that moment, such as "UTC" or "CET". */
export function nameZone(now: number, locale?: string, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: 'short', ...(timeZone ? { timeZone } : {}) })
  return parts.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value ?? ''
}

function dayBefore(iso: string, now: number, locale?: string, timeZone?: string): string {
  const day = (moment: string | number) => formatIn(moment, { dateStyle: 'short' }, locale, timeZone)
  if (day(iso) === day(now)) return ''
  const year = (moment: string | number) => formatIn(moment, { year: 'numeric' }, locale, timeZone)
  const other = year(iso) === year(now) ? {} : ({ year: 'numeric' } as const)
  return `${formatIn(iso, { day: 'numeric', month: 'short', ...other }, locale, timeZone)}, `
}

function formatIn(
  moment: string | number,
  how: Intl.DateTimeFormatOptions,
  locale?: string,
  timeZone?: string,
): string {
  return new Intl.DateTimeFormat(locale, timeZone === undefined ? how : { ...how, timeZone }).format(new Date(moment))
}

/** ISO 8601 duration of days and smaller in milliseconds, or null where it is none. */
export function parseDuration(text: string): number | null {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text)
  if (!parts || text === 'P' || text.endsWith('T')) return null
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0))
  return days * DAY + hours * HOUR + minutes * MINUTE + seconds * 1000
}

/** An amount of money, such as "€1,204.50". */
export function formatMoney(amount: number, currency: string): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount)
}

/** A length of time in seconds by its two largest units, rounded up, since it is a promise: "45 s", "2 h 47 min". */
export function formatEstimate(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  const minutes = Math.ceil(seconds / 60)
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return `${minutes} min`
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}
