import { countriesOf } from '../../domain/carriers/countries-of.ts'
import { isSelective, whyNot } from '../../domain/carriers/may-carry.ts'
import { waitBeforeRetry } from '../../domain/deliveries/decide-retry.ts'
import { type Deps, routeOf, senderOf } from '../deps.ts'
import type { Carrier, SendResult } from '../ports/carrier.ts'
import type { AttemptResult, ClaimedDelivery } from '../ports/outbox-store.ts'
import type { CarrierHealth } from './carrier-health.ts'
import type { Spending } from './spending.ts'

/** What an attempt says of itself before anything came of it. */
export function blank(deps: Deps, claimed: ClaimedDelivery): Omit<AttemptResult, 'outcome'> {
  const { lease, deliveryId, attemptNumber, contactPointId, recipientId, purpose } = claimed
  return {
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
    address: 'fine',
  }
}

/** Nothing was handed over: the carrier may not take this number, or a drill has met its cap. */
export interface Limited {
  outcome: 'limited'
  code: string
  reason: string
}

/**
 * What is made of a carrier's answer: taken, given up, or tried again when and by whom. The next carrier of the route
 * is tried at once; a wait only comes after all of them were.
 *
 * @param sent null when nothing was handed over, because it is no longer wanted
 */
export function judgeAttempt(
  options: Parts,
  claimed: ClaimedDelivery,
  sent: SendResult | Limited | null,
): AttemptResult {
  const { deps, health, carrier } = options
  const { attemptNumber, channel } = claimed
  const base = blank(deps, claimed)
  if (sent === null) return { ...base, outcome: 'cancelled', errorReason: 'no longer wanted' }
  if (sent.outcome === 'accepted') return { ...base, outcome: 'accepted', providerId: sent.providerId }
  const error = { errorCode: sent.code, errorReason: sent.reason }
  const able = routeOf(deps, channel).filter((one) => one !== carrier && mayTake(options, claimed, one))
  const trusted = health.route(channel)
  const others = able.filter((one) => trusted.includes(one))
  if (sent.outcome === 'limited') {
    // However often it was tried: a carrier that is set aside is better than none.
    const instead = others[0] ?? able[0]
    const dueAt = others.length > 0 ? base.dueAt : base.dueAt + waitBeforeRetry(attemptNumber, deps.chance(), undefined)
    if (instead) return { ...base, ...error, outcome: 'retry', carrier: instead.name, dueAt }
    return { ...base, ...error, outcome: 'failed', failure: 'permanent' }
  }
  const next = others[(attemptNumber - 1) % Math.max(1, others.length)]
  // What is wrong with one sender need not be wrong with the next carrier of the route.
  const bySender = sent.outcome === 'refused' && (sent.blame === 'sender' || sent.optedOut)
  if (bySender && next && attemptNumber < routeOf(deps, channel).length) {
    return { ...base, ...error, outcome: 'retry', carrier: next.name }
  }
  if (sent.outcome === 'retryLater') {
    const wait = waitBeforeRetry(attemptNumber, deps.chance(), sent.afterMs)
    const round = others.length + 1
    const dueAt = next && attemptNumber % round !== 0 ? base.dueAt : base.dueAt + wait
    const uncertain = sent.uncertain ?? false
    return { ...base, ...error, outcome: 'retry', uncertain, carrier: (next ?? carrier).name, dueAt }
  }
  return { ...base, ...error, outcome: 'failed', failure: 'permanent', address: verdictOn(sent) }
}

interface Parts {
  deps: Deps
  health: CarrierHealth
  spending: Spending
  carrier: Carrier
}

/** Whether a message could go by this carrier: its addressee wants it, and its limits allow it. */
function mayTake({ spending }: Parts, claimed: ClaimedDelivery, carrier: Carrier): boolean {
  if (isStopped(claimed, carrier)) return false
  if (claimed.purpose === 'alert' && spending.isOver(claimed.alertId, carrier)) return false
  const { address, channel } = claimed
  if (address === null || address === 'unreadable' || !isSelective(carrier, channel)) return true
  return whyNot(carrier, channel, countriesOf(address.value)) === null
}

/** Whether its addressee told this carrier to stop. */
export function isStopped({ optedOut, channel }: ClaimedDelivery, carrier: Carrier): boolean {
  return optedOut.includes(senderOf(carrier, channel))
}

/** An opt-out says nothing about the address, and a sender's or a message's fault neither. */
function verdictOn(sent: SendResult): AttemptResult['address'] {
  if (sent.outcome === 'addressGone') return 'gone'
  return sent.outcome === 'refused' && sent.blame === 'address' && !sent.optedOut ? 'failing' : 'fine'
}
