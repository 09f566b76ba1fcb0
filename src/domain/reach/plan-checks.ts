import { DAY, HOUR, MINUTE } from '../clock.ts'
import { CHECKED_KINDS, isChecked } from './check.ts'
import { nextOfficeTime } from './office-hours.ts'

/** A contact point that may be asked. */
export interface CheckablePoint {
  id: string
  person: string
  kind: string
  /** IANA name; null where nobody has said: then the hour is looked at once more before it goes out. */
  timeZone: string | null
  lastProofAt: number | null
  /** The same for the same address. */
  addressHash: string
}

/** Whoever was asked so many of their points is not asked more on one day. */
const BETWEEN_POINTS = DAY
const WORKDAY = 7 * HOUR

/**
 * When to ask whom: each address once, whoever proved it within `recent` not at all, spread evenly over `over`, by day on
 * weekdays where the person is, and the points of one person on different days. Times are UTC milliseconds.
 *
 * @param chance from 0 up to but not including 1
 */
export function planChecks(
  points: readonly CheckablePoint[],
  { now, over, recent, chance }: { now: number; over: number; recent: number; chance: () => number },
): { id: string; dueAt: number }[] {
  const asked = new Set<string>()
  const people = Map.groupBy(
    points.filter(({ kind, lastProofAt }) => isChecked(kind) && (lastProofAt === null || now - lastProofAt > recent)),
    ({ person }) => person,
  )
  const spread = Math.max(1, people.size)
  return [...people.values()].flatMap((own, place) => {
    const first = now + Math.floor((place / spread) * over)
    // A text costs less than a call and disturbs less: where a number has both, it is texted.
    const ordered = own.toSorted((left, right) => orderOf(left.kind) - orderOf(right.kind))
    return ordered.flatMap(({ id, person, addressHash, timeZone }) => {
      const key = `${person} ${addressHash}`
      if (asked.has(key)) return []
      asked.add(key)
      const day = first + (own.length > 1 ? ordered.findIndex((one) => one.id === id) * BETWEEN_POINTS : 0)
      const start = nextOfficeTime(day, timeZone ?? 'UTC')
      const jitter = over < DAY ? 0 : Math.floor((chance() * WORKDAY) / MINUTE) * MINUTE
      return [{ id, dueAt: nextOfficeTime(start + jitter, timeZone ?? 'UTC') }]
    })
  })
}

function orderOf(kind: string): number {
  return (CHECKED_KINDS as readonly string[]).indexOf(kind)
}
