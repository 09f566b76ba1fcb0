import type { Channel } from '../deliveries/channel.ts'
import type { LimitedCarrier } from './limits.ts'
import { isName, judgeSender } from './sender-rules.ts'

/** Whether an address can make a difference to this carrier at all: where not, it need not be opened. */
export function isSelective({ limits }: LimitedCarrier, channel: Channel): boolean {
  if (!limits || (channel !== 'sms' && channel !== 'voice')) return false
  if (limits.countries !== null) return true
  return channel === 'sms' && (limits.registered !== null || (limits.sender !== null && isName(limits.sender)))
}

/**
 * Why a carrier may not take a number, in words; null when it may. What nobody has said is no reason: a warning before
 * the alert, not silence during it.
 *
 * @param countries where the number may be: one, or several that share a prefix; none when nothing can be said
 */
export function whyNot(carrier: LimitedCarrier, channel: Channel, countries: readonly string[]): string | null {
  if (!isSelective(carrier, channel) || countries.length === 0) return null
  const reasons = countries.map((country) => whyNotTo(carrier, channel, country))
  return reasons.includes(null) ? null : (reasons[0] ?? null)
}

function whyNotTo({ name, limits }: LimitedCarrier, channel: Channel, country: string): string | null {
  if (limits?.countries && !limits.countries.includes(country)) return `"${name}" may not send to ${country}`
  if (channel !== 'sms') return null
  const verdict = judgeSender(limits?.sender ?? null, limits?.registered ?? null, country)
  if (verdict === 'refused') return `networks in ${country} deliver no texts from a name such as "${limits?.sender}"`
  return verdict === 'unregistered' ? `"${name}" has no registered sender in ${country}` : null
}

/**
 * Which carriers of a route may take a number, in the order of the route, and why the others may not.
 *
 * @param countries as for `whyNot`
 */
export function sortRoute<Carrier extends LimitedCarrier>(
  route: readonly Carrier[],
  channel: Channel,
  countries: readonly string[],
): { may: Carrier[]; mayNot: { carrier: Carrier; reason: string }[] } {
  const may: Carrier[] = []
  const mayNot: { carrier: Carrier; reason: string }[] = []
  for (const carrier of route) {
    const reason = whyNot(carrier, channel, countries)
    if (reason === null) may.push(carrier)
    else mayNot.push({ carrier, reason })
  }
  return { may, mayNot }
}
