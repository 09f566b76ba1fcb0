import type { Alert } from '../../domain/alerts/alert.ts'
import { MINUTE, SECOND } from '../../domain/clock.ts'
import { waitBeforeRetry } from '../../domain/deliveries/decide-retry.ts'
import { type Deps, routeOf, senderOf } from '../deps.ts'
import type { Carrier, OutgoingMessage, SendResult } from '../ports/carrier.ts'
import type { AttemptResult, ClaimedDelivery, Lane } from '../ports/outbox-store.ts'
import { composeMessage } from './compose-message.ts'

/** How many messages one lane has in flight at once. */
const IN_FLIGHT = 64
const CLAIM = 500
/** A claim that is not finished in this time is taken over; longer than any hand-over may last. */
const LEASE = 2 * MINUTE
/** What a paced lane claims at once, in seconds of its rate, so that nothing waits longer than its lease. */
const CLAIM_SECONDS = 10
const GROUP = 256
const GROUP_WAIT = 20

/**
 * Sends what is due in one lane until nothing is. Results that arrive together are committed together.
 * Answers how many deliveries were claimed.
 */
export async function sendLane(deps: Deps, carrier: Carrier, lane: Lane): Promise<number> {
  const rate = carrier.perSecond(lane.channel)
  const limit = rate === null ? CLAIM : Math.max(1, Math.min(CLAIM, Math.floor(rate * CLAIM_SECONDS)))
  let total = 0
  for (;;) {
    const lease = deps.newId()
    const claimed = await deps.store.outbox.claim(lane, deps.clock(), limit, LEASE, lease)
    if (claimed.length === 0) return total
    total += claimed.length
    await sendClaimed(deps, carrier, claimed, lease, rate)
  }
}

async function sendClaimed(
  deps: Deps,
  carrier: Carrier,
  claimed: readonly ClaimedDelivery[],
  lease: string,
  rate: number | null,
): Promise<void> {
  const alerts = new Map<string, Alert | null>()
  for (const id of new Set(claimed.map((delivery) => delivery.alertId))) {
    alerts.set(id, await deps.store.alerts.find(id))
  }
  const results = groupResults(deps, lease)
  let next = 0
  const start = deps.clock()
  const worker = async () => {
    for (let index = next++; index < claimed.length; index = next++) {
      const delivery = claimed[index]
      const alert = delivery && alerts.get(delivery.alertId)
      if (!delivery || !alert) continue
      if (rate !== null) await deps.pause(Math.max(0, start + (index * SECOND) / rate - deps.clock()))
      results.add(await attempt(deps, carrier, alert, delivery))
    }
  }
  await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, claimed.length) }, worker))
  await results.finish()
  // The last message of a paced claim uses up its own time too, before the next claim starts.
  if (rate !== null) await deps.pause(Math.max(0, start + (claimed.length * SECOND) / rate - deps.clock()))
}

async function attempt(deps: Deps, carrier: Carrier, alert: Alert, claimed: ClaimedDelivery): Promise<AttemptResult> {
  const { address } = claimed
  if (!claimed.wanted) return toResult(deps, claimed, 'cancelled', null)
  if (address === null) {
    return toResult(deps, claimed, null, { outcome: 'addressGone', code: 'address.gone', reason: 'address is gone' })
  }
  if (claimed.optedOut) {
    const reason = 'opted out of this sender'
    const refusal = { outcome: 'refused', code: 'address.opted_out', reason, blame: 'address', optedOut: true } as const
    return toResult(deps, claimed, null, refusal)
  }
  const message = composeMessage(deps, alert, { ...claimed, address }, deps.clock())
  const result = await handOver(carrier, message)
  if (result.outcome === 'refused' && result.optedOut) {
    await deps.store.commit([deps.store.people.optOut(address, senderOf(carrier, claimed.channel), deps.clock())])
  }
  return toResult(deps, claimed, null, result)
}

/** A bug in an adapter must not stop the others: it counts as not taken. */
async function handOver(carrier: Carrier, message: OutgoingMessage): Promise<SendResult> {
  try {
    return await carrier.send(message)
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown'
    return { outcome: 'retryLater', code: 'carrier.broken', reason: `the adapter failed: ${reason}` }
  }
}

function toResult(
  deps: Deps,
  claimed: ClaimedDelivery,
  cancelled: 'cancelled' | null,
  sent: SendResult | null,
): AttemptResult {
  const route = routeOf(deps, claimed.channel)
  const { deliveryId, attemptNumber, contactPointId, recipientId } = claimed
  const carrier = route[claimed.attemptNumber % Math.max(1, route.length)]?.name ?? ''
  const base = {
    deliveryId,
    attemptNumber,
    contactPointId,
    recipientId,
    providerId: null,
    errorCode: null,
    errorReason: null,
    failure: null,
    dueAt: deps.clock(),
    carrier,
    address: 'fine' as const,
  }
  if (cancelled !== null || sent === null) return { ...base, outcome: 'cancelled', errorReason: 'no longer wanted' }
  if (sent.outcome === 'accepted') return { ...base, outcome: 'accepted', providerId: sent.providerId }
  const error = { errorCode: sent.code, errorReason: sent.reason }
  // What is wrong with one sender need not be wrong with the next carrier of the route.
  if (sent.outcome === 'refused' && sent.blame === 'sender' && claimed.attemptNumber < route.length) {
    return { ...base, ...error, outcome: 'retry' }
  }
  if (sent.outcome === 'retryLater') {
    const wait = waitBeforeRetry(claimed.attemptNumber, deps.chance(), sent.afterMs)
    return { ...base, ...error, outcome: 'retry', dueAt: deps.clock() + wait }
  }
  return { ...base, ...error, outcome: 'failed', failure: 'permanent', address: verdictOn(sent) }
}

/** An opt-out says nothing about the address, and a sender's or a message's fault neither. */
function verdictOn(sent: SendResult): AttemptResult['address'] {
  if (sent.outcome === 'addressGone') return 'gone'
  return sent.outcome === 'refused' && sent.blame === 'address' && !sent.optedOut ? 'failing' : 'fine'
}

/** Gathers results and commits them in groups: after so many, or so many milliseconds after the first. */
function groupResults(deps: Deps, lease: string): { add(result: AttemptResult): void; finish(): Promise<void> } {
  let group: AttemptResult[] = []
  let waiting = false
  const commits: Promise<unknown>[] = []
  const flush = () => {
    if (group.length === 0) return
    const results = group
    group = []
    const commit = deps.store.commit(deps.store.outbox.settle(results, lease, deps.clock()))
    // Seen by `finish`; without this a failure in between would end the process.
    commit.catch(() => {})
    commits.push(commit)
  }
  return {
    add(result) {
      group.push(result)
      if (group.length >= GROUP) flush()
      else if (!waiting) {
        waiting = true
        void deps.pause(deps.gatherResults ?? GROUP_WAIT).then(() => {
          waiting = false
          flush()
        })
      }
    },
    async finish() {
      flush()
      await Promise.all(commits)
    },
  }
}
