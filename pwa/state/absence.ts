/** A moment as a `datetime-local` field holds it, in the time zone of this device. */
export function toLocalField(time: number): string {
  const zone = new Date(time).getTimezoneOffset() * 60_000
  return new Date(time - zone).toISOString().slice(0, 16)
}

/** What a `datetime-local` field holds, as a moment in UTC, ISO 8601; null where it is none or is past. */
export function readLocalField(value: string, now: number): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return null
  const time = new Date(value).getTime()
  return Number.isNaN(time) || time <= now ? null : new Date(time).toISOString()
}

/** Until when somebody is away, or null when that is over. */
export function awayAt(until: string | null, now: number): string | null {
  return until !== null && Date.parse(until) > now ? until : null
}
