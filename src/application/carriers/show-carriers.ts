import type { CarrierState } from '../../contract/carriers.ts'
import { MINUTE, SECOND } from '../../domain/clock.ts'
import { toIso } from '../alerts/view-alert.ts'
import type { Deps } from '../deps.ts'
import type { Lane } from '../ports/outbox-store.ts'

const LATELY = 5 * MINUTE
/** How many of the newest deliveries say how long it takes now, and how many as usual. */
const NEW = 20
const USUAL = 200
/** Two hundred boards ask every few seconds: they share one look. */
const FRESH = 2 * SECOND

const looks = new WeakMap<Deps['store'], { at: number; found: Promise<CarrierState[]> }>()

/** Every carrier and channel, in the order of the routes: how it is, and what it did lately. */
export function showCarriers(deps: Deps): Promise<CarrierState[]> {
  const { store, clock } = deps
  const last = looks.get(store)
  const age = last ? clock() - last.at : FRESH
  if (last && age >= 0 && age < FRESH) return last.found
  const found = look(deps)
  looks.set(store, { at: clock(), found })
  found.catch(() => looks.delete(store))
  return found
}

async function look(deps: Deps): Promise<CarrierState[]> {
  const { store, clock } = deps
  const now = clock()
  const [aside, outcomes, waiting] = await Promise.all([
    store.figures.aside(),
    store.figures.outcomes(now - LATELY),
    store.figures.waiting(now),
  ])
  const lanes = deps.carriers.flatMap(({ name, channels }) => channels.map((channel) => ({ carrier: name, channel })))
  return Promise.all(
    lanes.map(async (lane): Promise<CarrierState> => {
      const off = aside.find((one) => isSame(one, lane))
      const counts = outcomes.filter((one) => isSame(one, lane))
      const sum = (...which: string[]) =>
        counts.filter(({ outcome }) => which.includes(outcome)).reduce((all, { count }) => all + count, 0)
      const times = await store.outbox.deliveryTimes(lane, USUAL)
      return {
        ...lane,
        state: off ? (off.until <= now ? 'probing' : 'set_aside') : 'ok',
        ...(off
          ? { since: toIso(off.since), reason: off.reason, ...(off.next === null ? {} : { next: off.next }) }
          : {}),
        waiting: waiting.find((one) => isSame(one, lane))?.count ?? 0,
        sent: sum('accepted'),
        failed: sum('retry', 'failed'),
        ...(times.length < NEW ? {} : { delay: { now: middle(times.slice(0, NEW)), usual: middle(times) } }),
      }
    }),
  )
}

function isSame(one: Lane, other: Lane): boolean {
  return one.carrier === other.carrier && one.channel === other.channel
}

/** The median of times in milliseconds, in seconds. */
function middle(times: readonly number[]): number {
  return (times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0) / SECOND
}
