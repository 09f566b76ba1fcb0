import { type Breaker, CLOSED, noteOutcome, open, probe } from '../../domain/carriers/breaker.ts'
import type { Channel } from '../../domain/deliveries/channel.ts'
import { type Deps, routeOf } from '../deps.ts'
import type { Carrier } from '../ports/carrier.ts'
import type { Statement } from '../ports/statement.ts'

/** Which carriers are trusted at the moment, from what really became of messages. */
export interface CarrierHealth {
  /** A hand-over has ended. */
  note(carrier: Carrier, channel: Channel, failed: boolean, reason: string): Promise<void>
  /** It has stopped answering. */
  setAside(carrier: Carrier, channel: Channel, reason: string): Promise<void>
  /** The carriers of a channel that are trusted, the preferred one first; all of them when none is. */
  route(channel: Channel): Carrier[]
  /** The carrier of these that one message should go by, to see whether it works again. Answers it once. */
  toProbe(channel: Channel, able: readonly Carrier[]): Carrier | null
  /** Takes up, once, what the run of the service before this one, or another one, has found. */
  recall(): Promise<void>
  isTrusted(carrier: Carrier, channel: Channel): boolean
  /** Called when a carrier was set aside: what is in flight there is no longer waited for. */
  onSetAside(listener: (carrier: Carrier, channel: Channel) => void): void
}

/**
 * Judged in memory; who is set aside is kept too, for whoever looks and for the next run of the service. What changes is told in the timeline
 * of every open alert, and what waits for a carrier that was set aside moves to the next one in the same commit.
 */
export function createCarrierHealth(deps: Deps): CarrierHealth {
  const breakers = new Map<string, Breaker>()
  const listeners: ((carrier: Carrier, channel: Channel) => void)[] = []
  let recalled = false
  const keyOf = (carrier: Carrier, channel: Channel) => `${carrier.name}/${channel}`
  const stateOf = (carrier: Carrier, channel: Channel) => breakers.get(keyOf(carrier, channel)) ?? CLOSED
  const isTrusted = (carrier: Carrier, channel: Channel) => stateOf(carrier, channel).state === 'closed'

  const route = (channel: Channel) => {
    const all = routeOf(deps, channel)
    const trusted = all.filter((carrier) => isTrusted(carrier, channel))
    return trusted.length > 0 ? trusted : all
  }

  const change = async (carrier: Carrier, channel: Channel, to: Breaker, reason: string) => {
    const from = stateOf(carrier, channel)
    breakers.set(keyOf(carrier, channel), to)
    const lane = { carrier: carrier.name, channel }
    const { figures } = deps.store
    if (from.state !== 'closed' && to.state === 'open' && to.until !== from.until) {
      // Still broken: the timeline has said so already.
      const next = route(channel).find((other) => other !== carrier)?.name ?? null
      await deps.store.commit([figures.setAside({ ...lane, since: deps.clock(), until: to.until, reason, next })])
    }
    if (from.state === 'closed' && to.state === 'open') {
      const others = route(channel).filter((other) => other !== carrier)
      if (others.length > 0) for (const listener of listeners) listener(carrier, channel)
      await tell('carrier_failing', carrier, channel, { reason, next: others[0]?.name ?? null }, [
        // What the first of the others may not take is left to those after it.
        ...others.map((other) => deps.store.outbox.moveQueued(lane, other.name, deps.clock())),
        figures.setAside({ ...lane, since: deps.clock(), until: to.until, reason, next: others[0]?.name ?? null }),
      ])
    }
    if (from.state !== 'closed' && to.state === 'closed')
      await tell('carrier_back', carrier, channel, {}, [figures.takeBack(lane)])
  }

  const tell = async (
    kind: string,
    carrier: Carrier,
    channel: Channel,
    data: Record<string, unknown>,
    statements: readonly Statement[],
  ) => {
    const { store } = deps
    const at = deps.clock()
    const open = await store.alerts.openIds()
    await store.commit([
      ...statements,
      ...open.map((alertId) =>
        store.alerts.note({
          id: deps.newId(),
          alertId,
          at,
          kind,
          recipientId: null,
          data: { carrier: carrier.name, channel, ...data },
        }),
      ),
    ])
  }

  return {
    note: (carrier, channel, failed, reason) =>
      change(carrier, channel, noteOutcome(stateOf(carrier, channel), failed, deps.clock()), reason),
    async setAside(carrier, channel, reason) {
      if (isTrusted(carrier, channel)) await change(carrier, channel, open(CLOSED, deps.clock()), reason)
    },
    route,
    toProbe(channel, able) {
      for (const carrier of able) {
        const trying = probe(stateOf(carrier, channel), deps.clock())
        if (!trying) continue
        breakers.set(keyOf(carrier, channel), trying)
        return carrier
      }
      return null
    },
    async recall() {
      if (recalled) return
      recalled = true
      for (const { carrier, channel, until } of await deps.store.figures.aside()) {
        const known = deps.carriers.find(({ name }) => name === carrier)
        if (known && isTrusted(known, channel)) breakers.set(keyOf(known, channel), { ...CLOSED, state: 'open', until })
      }
    },
    isTrusted,
    onSetAside: (listener) => void listeners.push(listener),
  }
}
