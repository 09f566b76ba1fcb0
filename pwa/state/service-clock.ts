/** The header has whole seconds and was on its way for a while: less than this is no difference. */
const NOTHING = 5_000

let offset = 0

/** Every answer of the service says what time it is there (`Date`, RFC 9110, 6.6.1). `now` by this device's clock. */
export function noteServiceTime(header: string | null, now: number): void {
  const difference = Date.parse(header ?? '') - now
  if (Number.isFinite(difference)) offset = Math.abs(difference) < NOTHING ? 0 : difference
}

/** A moment of this device's clock by the service's: the later of two answers counts, also from a phone whose clock is wrong. */
export function byServiceClock(now: number): number {
  return now + offset
}
