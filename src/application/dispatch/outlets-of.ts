import type { Channel } from '../../domain/deliveries/channel.ts'
import { type Deps, routeOf, senderOf } from '../deps.ts'
import type { Outlet } from '../ports/outbox-store.ts'

/** Where people are told something who have had nothing of an alert: first what can be read later and leads to a page. */
const ORDER: readonly Channel[] = ['push', 'sms', 'email', 'voice', 'webhook']

/** By whom they may be told, the preferred one first. */
export function outletsOf(deps: Pick<Deps, 'carriers'>): Outlet[] {
  return ORDER.flatMap((channel) =>
    routeOf(deps, channel).map((carrier) => ({ channel, carrier: carrier.name, sender: senderOf(carrier, channel) })),
  )
}
