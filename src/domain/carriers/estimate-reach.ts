import { SECOND } from '../clock.ts'
import type { Channel } from '../deliveries/channel.ts'
import { createSpread, type Outlet, type Spread } from './spread.ts'

/** How many messages are on their way to one carrier at once, where it has not said how many it takes. */
export const IN_FLIGHT = 128
/**
 * How long a carrier takes to answer one request, milliseconds: 100 to 150 are usual for providers' interfaces over the
 * internet. It bounds how fast a carrier without a rate can be sent to.
 */
const ANSWER_TIME = 150

/** A carrier as the estimate sees it. */
export interface EstimatedOutlet extends Outlet {
  /** How many messages may be on their way at once; null where it has not said. */
  concurrency: number | null
}

/** One message that somebody gets if no answer comes before it. */
export interface EstimatedSend {
  /** When it is due, milliseconds after the alert is raised. */
  at: number
  channel: Channel
  /** The carriers that may take it, in the order of the route; at least one. */
  outlets: readonly EstimatedOutlet[]
}

/** What one carrier would carry on one channel. */
export interface OutletLoad {
  carrier: string
  channel: Channel
  /** Null: as fast as it answers. */
  perSecond: number | null
  messages: number
  /** How many people hear of the alert by it first. */
  firsts: number
  /** When the last of those firsts leaves, milliseconds after the alert is raised; 0 without firsts. */
  lastFirstAt: number
}

export interface ReachEstimate {
  /** For how many people anything can be sent. */
  reached: number
  /** When so many of them have been sent their first message, milliseconds; null when nobody can be. */
  half: number | null
  ninety: number | null
  all: number | null
  loads: OutletLoad[]
}

/**
 * How fast people can be reached, from the rates of the carriers that would be used, if nobody answers and everything is
 * taken at once. Every carrier and channel is a queue, first come first served, and messages are shared among the carriers
 * of a route as they are when they are sent (`spread.ts`). A person is reached when the first message to him or her is
 * handed over. Carriers' own queues and the networks behind them come on top: providers publish 1 text a second for a long
 * code in North America, 3 for a toll-free number, 10 for a name or number elsewhere, 100 for a short code, and 1 call a
 * second (Twilio, "Rate limits" and "How many calls and messages per second").
 *
 * @param people the messages of each person, in the order in which the people are seated
 * @param told hears who takes which message, for reckoning costs
 */
export function estimateReach<Send extends EstimatedSend>(
  people: readonly (readonly Send[])[],
  told: (person: number, send: Send, outlet: EstimatedOutlet) => void = () => {},
): ReachEstimate {
  const spreads = new Map<Channel, Spread>()
  const queues = new Map<string, { free: number; load: OutletLoad }>()
  const first = new Map<number, { at: number; load: OutletLoad }>()
  const due = people.flatMap((sends, person) => sends.map((send) => ({ person, send })))
  // A stable sort: whoever is due at the same time leaves in the order of the seats.
  for (const { person, send } of due.sort((one, other) => one.send.at - other.send.at)) {
    const { at, channel, outlets } = send
    const spread = spreads.get(channel) ?? createSpread()
    spreads.set(channel, spread)
    const outlet = spread.choose(outlets, at)
    if (!outlet) continue
    told(person, send, outlet)
    const queue = queues.get(`${channel} ${outlet.name}`) ?? { free: 0, load: emptyLoad(outlet, channel) }
    queues.set(`${channel} ${outlet.name}`, queue)
    const leaves = Math.max(at, queue.free)
    queue.free = leaves + gapOf(outlet)
    queue.load.messages++
    const known = first.get(person)
    if (!known || leaves < known.at) first.set(person, { at: leaves, load: queue.load })
  }
  for (const { at, load } of first.values()) {
    load.firsts++
    load.lastFirstAt = Math.max(load.lastFirstAt, at)
  }
  const times = Float64Array.from(first.values(), ({ at }) => at).sort()
  const after = (part: number) => times[Math.max(0, Math.ceil(times.length * part) - 1)] ?? null
  const loads = [...queues.values()].map(({ load }) => load)
  return { reached: times.length, half: after(0.5), ninety: after(0.9), all: after(1), loads }
}

/** How long after one message the next one leaves by the same carrier, milliseconds. */
export function gapOf({ perSecond, concurrency }: EstimatedOutlet): number {
  const answered = ANSWER_TIME / (concurrency ?? IN_FLIGHT)
  return perSecond === null ? answered : Math.max(SECOND / perSecond, answered)
}

function emptyLoad(outlet: EstimatedOutlet, channel: Channel): OutletLoad {
  return { carrier: outlet.name, channel, perSecond: outlet.perSecond, messages: 0, firsts: 0, lastFirstAt: 0 }
}
