import { countriesOf } from '../../domain/carriers/countries-of.ts'
import { isSelective, sortRoute } from '../../domain/carriers/may-carry.ts'
import { createSpread, type Spread } from '../../domain/carriers/spread.ts'
import type { Channel } from '../../domain/deliveries/channel.ts'
import { type Deps, routeOf, senderOf } from '../deps.ts'
import type { Carrier } from '../ports/carrier.ts'
import type { DueRecipient, NewDelivery } from '../ports/outbox-store.ts'
import type { Statement } from '../ports/statement.ts'
import type { CarrierHealth } from './carrier-health.ts'

/** Chooses carriers for messages. Addresses are opened only where a carrier of the route is particular about them. */
export interface Placement {
  place(deliveries: readonly NewDelivery[], due: readonly DueRecipient[]): Promise<NewDelivery[]>
}

/**
 * A message goes by a carrier that may take its address, that its addressee has not told to stop, and that is trusted,
 * as far as there is one; among those by the one whose queue is short. Where none may take it, it has failed before it
 * was sent, with the reason, and what comes next in the plan comes at once.
 */
export function createPlacement(deps: Deps, health: CarrierHealth): Placement {
  const spreads = new Map<Channel, Spread>()
  const choose = (channel: Channel, able: readonly Carrier[]) => {
    const spread = spreads.get(channel) ?? createSpread()
    spreads.set(channel, spread)
    const outlets = able.map((carrier) => ({ carrier, name: carrier.name, perSecond: carrier.perSecond(channel) }))
    return spread.choose(outlets, deps.clock())?.carrier
  }

  const placeOne = (delivery: NewDelivery, stopped: readonly string[], address: string | undefined): NewDelivery => {
    const { channel } = delivery
    const route = routeOf(deps, channel)
    const { may, mayNot } = sortRoute(route, channel, address === undefined ? [] : countriesOf(address))
    const allowed = mayNot.length > 0 ? may.map(({ name }) => name) : null
    const [first] = mayNot
    if (first && may.length === 0) {
      const refusal = `no carrier may take it: ${mayNot.map(({ reason }) => reason).join('; ')}`
      return { ...delivery, carrier: first.carrier.name, allowed: null, refusal }
    }
    const able = may.filter((carrier) => !stopped.includes(senderOf(carrier, channel)))
    const probed = health.toProbe(channel, able)
    const trusted = able.filter((carrier) => health.isTrusted(carrier, channel))
    const carrier = probed ?? choose(channel, trusted.length > 0 ? trusted : able) ?? may[0]
    return { ...delivery, carrier: carrier?.name ?? '', allowed }
  }

  return {
    async place(deliveries, due) {
      const stopped = new Map(due.flatMap(({ points }) => points.map((point) => [point.id, point.optedOut])))
      const selective = deliveries.filter(({ channel }) =>
        routeOf(deps, channel).some((carrier) => isSelective(carrier, channel)),
      )
      const addresses =
        selective.length > 0
          ? await deps.store.people.addresses(selective.map((one) => one.contactPointId))
          : new Map<string, string>()
      return deliveries.map((one) =>
        placeOne(one, stopped.get(one.contactPointId) ?? [], addresses.get(one.contactPointId)),
      )
    },
  }
}

/** Says in the timeline what no carrier may take: one entry per alert and reason, whatever the number of people. */
export function noteRefusals(deps: Deps, placed: readonly NewDelivery[]): Statement[] {
  const refused = placed.filter(({ refusal }) => refusal !== undefined)
  const groups = Map.groupBy(refused, ({ alertId, channel, refusal }) => JSON.stringify([alertId, channel, refusal]))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { alertId, channel, refusal } = first
    const data = { channel, reason: refusal, people: new Set(group.map((one) => one.recipientId)).size }
    const entry = { id: deps.newId(), alertId, at: deps.clock(), kind: 'point_passed', recipientId: null, data }
    return [deps.store.alerts.note(entry)]
  })
}
