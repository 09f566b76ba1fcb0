import type { Alert } from '../../domain/alerts/alert.ts'
import { countriesOf } from '../../domain/carriers/countries-of.ts'
import { priceOf } from '../../domain/carriers/limits.ts'
import { sizeSms } from '../../domain/messages/size-sms.ts'
import { type Deps, routeOf } from '../deps.ts'
import type { Carrier, OutgoingMessage } from '../ports/carrier.ts'
import type { Spent } from '../ports/spending-store.ts'
import type { Statement } from '../ports/statement.ts'
import type { CarrierHealth } from './carrier-health.ts'
import { createSignal, type Signal } from './signal.ts'

/** What alerts cost, and the caps that carriers have. */
export interface Spending {
  /**
   * Reckons a message in before it is handed over. Answers what it costs, in millionths; null when it must not go,
   * because this is a drill and the carrier's cap for one alert would be passed.
   */
  reserve(alert: Alert, carrier: Carrier, message: OutgoingMessage): Promise<number | null>
  /** What was reserved is spent, or was not taken. */
  settle(alert: Alert, carrier: Carrier, cost: number, taken: boolean): Promise<void>
  /** Whether a drill has met this carrier's cap. */
  isOver(alertId: string, carrier: Carrier): boolean
  /** Writes what was spent since this was asked last. */
  take(): Statement[]
}

interface Account {
  spent: number
  /** What is on its way and may come to nothing. */
  reserved: number
  /** Fires when something of it has come to an end. */
  settled: Signal
}

/**
 * A cap ends a drill's sending by a carrier, and never a live alert's: that goes on, and says so once. What is on its way
 * counts before it is handed over, so that a drill passes no cap by what is in flight; what would only pass it if all of
 * that were taken waits to see. Kept per process and read back at
 * its start; several processes together can pass a cap by what each has in flight.
 */
export function createSpending(deps: Deps, health: CarrierHealth): Spending {
  const accounts = new Map<string, Promise<Account>>()
  const overs = new Set<string>()
  let unwritten: Spent[] = []
  const keyOf = (alertId: string, carrier: Carrier) => `${alertId} ${carrier.name}`

  const open = (alertId: string, carrier: Carrier) => {
    const key = keyOf(alertId, carrier)
    const account =
      accounts.get(key) ??
      deps.store.spending
        .spent(alertId)
        .then((all) => ({ spent: all.get(carrier.name) ?? 0, reserved: 0, settled: createSignal() }))
    accounts.set(key, account)
    return account
  }

  const stop = async (alert: Alert, carrier: Carrier, message: OutgoingMessage) => {
    const key = keyOf(alert.id, carrier)
    if (overs.has(key)) return
    overs.add(key)
    const { channel } = message
    const others = routeOf(deps, channel).filter((other) => other !== carrier && health.isTrusted(other, channel))
    const left = others.filter((other) => !overs.has(keyOf(alert.id, other)))
    await deps.store.commit([
      ...left.map((other) =>
        deps.store.outbox.moveQueued({ carrier: carrier.name, channel }, other.name, deps.clock(), alert.id),
      ),
      note(alert, carrier, 'spend_cap_met', { next: left[0]?.name ?? null }),
    ])
  }

  const note = (alert: Alert, carrier: Carrier, kind: string, data: Record<string, unknown>) => {
    const amount = (carrier.limits?.spendCap ?? 0) / 1_000_000
    const cap = `${amount} ${carrier.limits?.prices?.currency ?? ''}`
    const base = { id: deps.newId(), alertId: alert.id, at: deps.clock(), kind, recipientId: null }
    return deps.store.alerts.note({ ...base, data: { carrier: carrier.name, cap, ...data } })
  }

  return {
    async reserve(alert, carrier, message) {
      if (!carrier.limits?.prices) return 0
      const segments = message.channel === 'sms' ? sizeSms(message).segments : 1
      const cost = priceOf(carrier.limits, message.channel, countriesOf(message.address), segments) ?? 0
      const account = await open(alert.id, carrier)
      const cap = carrier.limits.spendCap ?? Number.POSITIVE_INFINITY
      // Whoever was alarmed by a drill must also hear that it is over.
      if (alert.kind === 'drill' && message.purpose === 'alert') {
        while (account.reserved > 0 && account.spent + account.reserved + cost > cap && account.spent + cost <= cap) {
          await account.settled.next()
        }
        if (account.spent + account.reserved + cost > cap) {
          await stop(alert, carrier, message)
          return null
        }
      }
      account.reserved += cost
      return cost
    },
    async settle(alert, carrier, cost, taken) {
      if (cost === 0) return
      const account = await open(alert.id, carrier)
      account.reserved -= cost
      account.settled.fire()
      if (!taken) return
      unwritten.push({ alertId: alert.id, carrier: carrier.name, amount: cost })
      const cap = carrier.limits?.spendCap ?? Number.POSITIVE_INFINITY
      const passes = account.spent <= cap && account.spent + cost > cap
      account.spent += cost
      if (passes && alert.kind === 'live') await deps.store.commit([note(alert, carrier, 'spend_cap_passed', {})])
    },
    isOver: (alertId, carrier) => overs.has(keyOf(alertId, carrier)),
    take() {
      if (unwritten.length === 0) return []
      const groups = Map.groupBy(unwritten, ({ alertId, carrier }) => `${alertId} ${carrier}`)
      unwritten = []
      const sums = [...groups.values()].flatMap((group) => {
        const [first] = group
        return first ? [{ ...first, amount: group.reduce((sum, one) => sum + one.amount, 0) }] : []
      })
      return [deps.store.spending.add(sums)]
    },
  }
}
