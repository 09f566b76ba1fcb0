import type { Alert } from '../../domain/alerts/alert.ts'
import { waitBeforeRetry } from '../../domain/deliveries/decide-retry.ts'
import { type Deps, routeOf, senderOf } from '../deps.ts'
import type { Carrier, OutgoingMessage, SendResult } from '../ports/carrier.ts'
import type { AttemptResult, ClaimedDelivery } from '../ports/outbox-store.ts'
import { composeMessage } from './compose-message.ts'

/** Hands one claimed delivery to its carrier, unless it is not wanted or cannot work any more. */
export async function attemptDelivery(
  deps: Deps,
  carrier: Carrier,
  alert: Alert,
  claimed: ClaimedDelivery,
): Promise<AttemptResult> {
  const { address } = claimed
  if (!claimed.wanted) return toResult(deps, claimed, null)
  if (address === null) {
    return toResult(deps, claimed, { outcome: 'addressGone', code: 'address.gone', reason: 'address is gone' })
  }
  if (claimed.optedOut) {
    const reason = 'opted out of this sender'
    return toResult(deps, claimed, {
      outcome: 'refused',
      code: 'address.opted_out',
      reason,
      blame: 'address',
      optedOut: true,
    })
  }
  const message = composeMessage(deps, alert, { ...claimed, address }, deps.clock())
  const result = await handOver(carrier, message)
  if (result.outcome === 'refused' && result.optedOut) {
    await deps.store.commit([deps.store.people.optOut(address, senderOf(carrier, claimed.channel), deps.clock())])
  }
  return toResult(deps, claimed, result)
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

/** @param sent null when nothing was handed over, because it is no longer wanted */
function toResult(deps: Deps, claimed: ClaimedDelivery, sent: SendResult | null): AttemptResult {
  const route = routeOf(deps, claimed.channel)
  const { lease, deliveryId, attemptNumber, contactPointId, recipientId } = claimed
  const base = {
    lease,
    deliveryId,
    attemptNumber,
    contactPointId,
    recipientId,
    providerId: null,
    errorCode: null,
    errorReason: null,
    failure: null,
    dueAt: deps.clock(),
    carrier: route[attemptNumber % Math.max(1, route.length)]?.name ?? '',
    address: 'fine' as const,
  }
  if (sent === null) return { ...base, outcome: 'cancelled', errorReason: 'no longer wanted' }
  if (sent.outcome === 'accepted') return { ...base, outcome: 'accepted', providerId: sent.providerId }
  const error = { errorCode: sent.code, errorReason: sent.reason }
  // What is wrong with one sender need not be wrong with the next carrier of the route.
  if (sent.outcome === 'refused' && sent.blame === 'sender' && attemptNumber < route.length) {
    return { ...base, ...error, outcome: 'retry' }
  }
  if (sent.outcome === 'retryLater') {
    const wait = waitBeforeRetry(attemptNumber, deps.chance(), sent.afterMs)
    return { ...base, ...error, outcome: 'retry', dueAt: deps.clock() + wait }
  }
  return { ...base, ...error, outcome: 'failed', failure: 'permanent', address: verdictOn(sent) }
}

/** An opt-out says nothing about the address, and a sender's or a message's fault neither. */
function verdictOn(sent: SendResult): AttemptResult['address'] {
  if (sent.outcome === 'addressGone') return 'gone'
  return sent.outcome === 'refused' && sent.blame === 'address' && !sent.optedOut ? 'failing' : 'fine'
}
