import { MINUTE, SECOND } from '../../domain/clock.ts'
import { CHANNELS } from '../../domain/deliveries/channel.ts'
import type { Deps } from '../deps.ts'
import type { CarrierHealth } from './carrier-health.ts'

const SAMPLE = 200
/** A carrier that has reported so few deliveries lately may not report them at all: nothing follows from silence. */
const ENOUGH = 20
const SHORTEST = 30 * SECOND
const LONGEST = 5 * MINUTE
const AT_ONCE = 500

/**
 * Sends again by the next carrier what one has taken and not delivered within the time that it usually takes: twice
 * what nineteen of twenty messages took. Answers whether there was anything.
 */
export async function resendOverdue(deps: Deps, health: CarrierHealth): Promise<boolean> {
  const channels = CHANNELS.filter((channel) => health.route(channel).length > 1)
  if (channels.length === 0 || (await deps.store.alerts.openIds()).length === 0) return false
  const now = deps.clock()
  let found = false
  for (const channel of channels) {
    const route = health.route(channel)
    for (const carrier of route) {
      const others = route.filter((other) => other !== carrier)
      const lane = { carrier: carrier.name, channel }
      const times = (await deps.store.outbox.deliveryTimes(lane, SAMPLE)).sort((one, other) => one - other)
      if (others.length === 0 || times.length < ENOUGH) continue
      const usual = times[Math.floor(times.length * 0.95)] ?? 0
      const patience = Math.min(LONGEST, Math.max(SHORTEST, usual * 2))
      const moved = await deps.store.commit(
        others.map((other) => deps.store.outbox.queueOverdue(lane, now - patience, other.name, now, AT_ONCE)),
      )
      found ||= moved.some((rows) => rows.length > 0)
    }
  }
  return found
}
