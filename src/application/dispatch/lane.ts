import type { Alert } from '../../domain/alerts/alert.ts'
import { IN_FLIGHT } from '../../domain/carriers/estimate-reach.ts'
import { MINUTE, SECOND } from '../../domain/clock.ts'
import type { Channel } from '../../domain/deliveries/channel.ts'
import { createPace } from '../../domain/deliveries/pace.ts'
import { mayPass } from '../../domain/errors.ts'
import type { Deps } from '../deps.ts'
import type { Carrier } from '../ports/carrier.ts'
import type { ClaimedDelivery } from '../ports/outbox-store.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import type { CarrierHealth } from './carrier-health.ts'
import { groupResults } from './group-results.ts'
import { trackInFlight } from './in-flight.ts'
import type { Spending } from './spending.ts'

const CLAIM = 500
/** A claim that is not finished in this time is taken over; longer than any hand-over may last. */
const LEASE = 2 * MINUTE
/** Older claims are given back: meanwhile the answer may have come, or something more urgent. */
const STALE = 5 * SECOND

/** An update of an alert is known within this time to whoever is about to send it. */
const NEWS_AFTER = 250

/** What is sent one after the other: one channel of one carrier. */
export interface LaneWorker {
  /** Sends until nothing is due in this lane. Answers whether there was anything. */
  send(): Promise<boolean>
  /** There may be more to send: whoever is done already helps again, while the slowest answers are still awaited. */
  wake(): void
  /** Sets its carrier aside when it has stopped answering, so that others carry what it holds. */
  watch(): Promise<void>
  /** Begins nothing more; what is in flight is finished. */
  stop(): void
}

/**
 * A lane claims ahead while it sends, and no more than a second's worth of its rate, so that a live alert waits no
 * longer than that behind a drill. Results that arrive together are committed together.
 */
export function createLane(
  deps: Deps,
  health: CarrierHealth,
  spending: Spending,
  carrier: Carrier,
  channel: Channel,
): LaneWorker {
  const rate = carrier.perSecond(channel)
  const pace = rate === null ? null : createPace(rate)
  const limit = rate === null ? CLAIM : Math.max(1, Math.min(CLAIM, Math.ceil(rate)))
  let stopped = false
  const inFlight = trackInFlight(deps)
  const results = groupResults(deps, spending, { carrier: carrier.name, channel })
  const inHand = new Set<string>()
  /** Claims that could not be given back, since nothing could be written. */
  let owed: ClaimedDelivery[] = []
  health.onSetAside((other, on) => {
    if (other === carrier && on === channel) inFlight.abandon()
  })

  /** Waits for the carrier's rate before it takes: whoever comes next should be the most urgent at that moment. */
  const inTurn = (take: () => Promise<ClaimedDelivery | null>) => {
    if (!pace) return take
    let line = Promise.resolve<unknown>(null)
    return () => {
      const turn = line.then(async () => {
        const now = deps.clock()
        const wait = pace.next(now) - now
        if (wait > 0) await deps.pause(wait)
        const delivery = await take()
        if (delivery) pace.left(deps.clock())
        return delivery
      })
      line = turn.catch(() => {})
      return turn
    }
  }

  let wake = () => {}
  return {
    wake: () => wake(),
    async watch() {
      const replaceable = health.route(channel).some((other) => other !== carrier)
      if (replaceable && inFlight.looksStalled()) await health.setAside(carrier, channel, 'it has stopped answering')
    },
    stop() {
      stopped = true
    },
    async send() {
      await results.finish()
      if (owed.length > 0) await deps.store.commit(deps.store.outbox.release(owed, deps.clock()))
      owed = []
      // What came of a message must be written before others follow: nobody would know that they have been sent.
      const isHeld = () => stopped || results.isStuck()
      const claims = claimAhead(deps, { carrier: carrier.name, channel }, limit, isHeld)
      const findAlert = rememberAlerts(deps)
      const next = inTurn(claims.take)
      const crew = createCrew(Math.min(IN_FLIGHT, carrier.concurrency ?? IN_FLIGHT), async () => {
        for (let delivery = await next(); delivery; delivery = await next()) {
          const alert = await findAlert(delivery.alertId, delivery.update)
          if (!alert) continue
          const work = (abandoned: Promise<void>) =>
            attemptDelivery({ deps, health, spending, carrier, abandoned }, alert, delivery)
          // A clock that was set forward ends claims whose messages are still on their way.
          if (inHand.has(delivery.deliveryId)) {
            await deps.store.commit(deps.store.outbox.release([delivery], deps.clock() + SECOND))
            continue
          }
          inHand.add(delivery.deliveryId)
          const result = await inFlight.run(work).finally(() => inHand.delete(delivery.deliveryId))
          if (result) results.add(result)
        }
      })
      wake = () => {
        claims.lookAgain()
        crew.call()
      }
      try {
        crew.call()
        await crew.done
      } finally {
        wake = () => {}
        await claims.giveBack().catch((error: unknown) => {
          if (!mayPass(error)) throw error
          owed = claims.rest()
        })
        await results.finish()
      }
      return claims.total() > 0
    },
  }
}

/** Up to so many at the same work; `done` when all have nothing more to do, rejected with the first failure. */
function createCrew(most: number, work: () => Promise<void>): { call(): void; done: Promise<void> } {
  const { promise: done, resolve, reject } = Promise.withResolvers<void>()
  let active = 0
  let failure: { error: unknown } | null = null
  const leave = () => {
    active--
    if (active > 0) return
    if (failure) reject(failure.error)
    else resolve()
  }
  return {
    done,
    call() {
      while (active < most) {
        active++
        work()
          .catch((error: unknown) => {
            failure ??= { error }
          })
          .finally(leave)
      }
    },
  }
}

/** Deliveries of a lane one by one; the next claim is under way before the last is used up. */
function claimAhead(deps: Deps, lane: { carrier: string; channel: Channel }, limit: number, isStopped: () => boolean) {
  let queue: { delivery: ClaimedDelivery; at: number }[] = []
  let total = 0
  let dry = false
  let claiming: Promise<void> | null = null
  const claim = async () => {
    dry = false
    const lease = `${deps.instance}/${deps.newId()}`
    const claimed = await deps.store.outbox.claim(lane, deps.clock(), limit, LEASE, lease)
    dry ||= claimed.length === 0
    total += claimed.length
    const at = deps.clock()
    queue = queue.concat(claimed.map((delivery) => ({ delivery, at })))
  }
  const refill = () => {
    claiming ??= claim().finally(() => {
      claiming = null
    })
    return claiming
  }
  const giveBack = async () => {
    await claiming?.catch(() => {})
    const held = queue
    queue = []
    if (held.length === 0) return
    const release = deps.store.outbox.release(
      held.map(({ delivery }) => delivery),
      deps.clock(),
    )
    await deps.store.commit(release).catch((error: unknown) => {
      queue = held.concat(queue)
      throw error
    })
  }
  return {
    rest: () => queue.map(({ delivery }) => delivery),
    total: () => total,
    giveBack,
    lookAgain() {
      dry = false
    },
    async take(): Promise<ClaimedDelivery | null> {
      while (!isStopped()) {
        const [oldest] = queue
        if (oldest && deps.clock() - oldest.at > STALE) await giveBack()
        if (!dry && queue.length <= limit / 2) {
          const filled = refill()
          // Failures reach whoever waits for it; the others see them at their own next claim.
          if (queue.length > 0) filled.catch(() => {})
          else await filled
        }
        const next = queue.shift()
        if (next) return next.delivery
        if (dry) return null
      }
      return null
    },
  }
}

/** An alert with its texts, read again when it may have been updated meanwhile or does not hold this update yet. */
function rememberAlerts(deps: Deps): (id: string, update: number) => Promise<Alert | null> {
  const found = new Map<string, { alert: Promise<Alert | null>; at: number }>()
  const read = (id: string) => {
    const alert = deps.store.alerts.find(id)
    found.set(id, { alert, at: deps.clock() })
    return alert
  }
  return async (id, update) => {
    const known = found.get(id)
    const alert = known && deps.clock() - known.at < NEWS_AFTER ? await known.alert : await read(id)
    return alert && alert.updates.length < update ? read(id) : alert
  }
}
