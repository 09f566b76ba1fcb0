import type { Alert } from '../../domain/alerts/alert.ts'
import { waitBeforeRetry } from '../../domain/deliveries/decide-retry.ts'
import { type Deps, routeOf, senderOf } from '../deps.ts'
import type { Carrier, SendResult } from '../ports/carrier.ts'
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
  if (!claimed.wanted) return toResult(deps, carrier, claimed, null)
  if (address === null) return toResult(deps, carrier, claimed, GONE)
  if (address === 'unreadable') return toResult(deps, carrier, claimed, UNREADABLE)
  if (claimed.optedOut.includes(senderOf(carrier, claimed.channel))) return toResult(deps, carrier, claimed, OPTED_OUT)
  const result = await handOver(deps, carrier, alert, { ...claimed, address: address.value })
  if (result.outcome === 'refused' && result.optedOut) {
    const sender = senderOf(carrier, claimed.channel)
    await deps.store.commit([deps.store.people.optOut(address.value, sender, deps.clock())])
  }
  return toResult(deps, carrier, claimed, result)
}

const GONE: SendResult = { outcome: 'addressGone', code: 'address.gone', reason: 'address is gone' }
const UNREADABLE: SendResult = {
  outcome: 'refused',
  code: 'address.unreadable',
  reason: 'the address cannot be unsealed',
  blame: 'message',
}
const OPTED_OUT: SendResult = {
  outcome: 'refused',
  code: 'address.opted_out',
  reason: 'opted out of this sender',
  blame: 'address',
  optedOut: true,
}

/** A bug in an adapter or a text must not stop the others: it counts as not taken. */
async function handOver(
  deps: Deps,
  carrier: Carrier,
  alert: Alert,
  claimed: Omit<ClaimedDelivery, 'address'> & { address: string },
): Promise<SendResult> {
  try {
    return await carrier.send(composeMessage(deps, alert, claimed, deps.clock()))
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown'
    return { outcome: 'retryLater', code: 'carrier.broken', reason: `the adapter failed: ${reason}`, uncertain: true }
  }
}

/** @param sent null when nothing was handed over, because it is no longer wanted */
function toResult(deps: Deps, carrier: Carrier, claimed: ClaimedDelivery, sent: SendResult | null): AttemptResult {
  const { lease, deliveryId, attemptNumber, contactPointId, recipientId, purpose } = claimed
  const base = {
    lease,
    deliveryId,
    attemptNumber,
    contactPointId,
    recipientId,
    purpose,
    providerId: null,
    errorCode: null,
    errorReason: null,
    failure: null,
    uncertain: false,
    dueAt: deps.clock(),
    carrier: '',
    address: 'fine' as const,
  }
  if (sent === null) return { ...base, outcome: 'cancelled', errorReason: 'no longer wanted' }
  if (sent.outcome === 'accepted') return { ...base, outcome: 'accepted', providerId: sent.providerId }
  const error = { errorCode: sent.code, errorReason: sent.reason }
  const open = routeOf(deps, claimed.channel).filter(
    (one) => !claimed.optedOut.includes(senderOf(one, claimed.channel)),
  )
  const next = open[attemptNumber % Math.max(1, open.length)]?.name ?? carrier.name
  // What is wrong with one sender need not be wrong with the next carrier of the route.
  const bySender = sent.outcome === 'refused' && (sent.blame === 'sender' || sent.optedOut)
  if (bySender && attemptNumber < open.length + 1 && next !== carrier.name) {
    return { ...base, ...error, outcome: 'retry', carrier: next }
  }
  if (sent.outcome === 'retryLater') {
    const wait = waitBeforeRetry(attemptNumber, deps.chance(), sent.afterMs)
    const uncertain = sent.uncertain ?? false
    return { ...base, ...error, outcome: 'retry', uncertain, carrier: next, dueAt: deps.clock() + wait }
  }
  return { ...base, ...error, outcome: 'failed', failure: 'permanent', address: verdictOn(sent) }
}

/** An opt-out says nothing about the address, and a sender's or a message's fault neither. */
function verdictOn(sent: SendResult): AttemptResult['address'] {
  if (sent.outcome === 'addressGone') return 'gone'
  return sent.outcome === 'refused' && sent.blame === 'address' && !sent.optedOut ? 'failing' : 'fine'
}
