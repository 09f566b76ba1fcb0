/** A UTC time as it is written in messages, such as `2026-05-04 14:05 UTC`. */
export function formatUtc(at: number): string {
  const iso = new Date(at).toISOString()
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
}

/** A UTC time as it is spoken, such as `14:05 UTC`. */
export function formatUtcClock(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`
}
