import type { Alert } from '../../domain/alerts/alert.ts'
import { countriesOf } from '../../domain/carriers/countries-of.ts'
import { isSelective, whyNot } from '../../domain/carriers/may-carry.ts'
import { SECOND } from '../../domain/clock.ts'
import type { Channel } from '../../domain/deliveries/channel.ts'
import { mayPass } from '../../domain/errors.ts'
import { mayBeDialled } from '../../domain/people/may-be-dialled.ts'
import { type Deps, senderOf } from '../deps.ts'
import type { Carrier, OutgoingMessage, SendResult } from '../ports/carrier.ts'
import type { AttemptResult, ClaimedDelivery } from '../ports/outbox-store.ts'
import type { CarrierHealth } from './carrier-health.ts'
import { composeMessage } from './compose-message.ts'
import { blank, isStopped, judgeAttempt, type Limited } from './judge-attempt.ts'
import type { Spending } from './spending.ts'

export interface AttemptOptions {
  deps: Deps
  health: CarrierHealth
  spending: Spending
  carrier: Carrier
  /** Resolves when this carrier's answer is no longer waited for. */
  abandoned: Promise<void>
}

/**
 * Hands one claimed delivery to its carrier, unless it is not wanted or cannot work any more. Null when it was given
 * back, or when a carrier that never answered turns out to have it: then that is written already, and nothing was
 * handed over.
 */
export async function attemptDelivery(
  options: AttemptOptions,
  alert: Alert,
  claimed: ClaimedDelivery,
): Promise<AttemptResult | null> {
  const { deps, spending, carrier } = options
  const { address } = claimed
  if (claimed.wanted && claimed.tooEarly) return waitForEarlier(deps, claimed)
  if (!claimed.wanted) return judgeAttempt(options, claimed, null)
  if (address === null) return judgeAttempt(options, claimed, GONE)
  if (address === 'unreadable') return judgeAttempt(options, claimed, UNREADABLE)
  if (!isReachableBy(claimed.channel, address.value, claimed.extension))
    return judgeAttempt(options, claimed, UNDIALLED)
  if (isStopped(claimed, carrier)) return judgeAttempt(options, claimed, OPTED_OUT)
  const reason = isSelective(carrier, claimed.channel)
    ? whyNot(carrier, claimed.channel, countriesOf(address.value))
    : null
  if (reason !== null) return judgeAttempt(options, claimed, limited('carrier.not_allowed', reason))
  const message = composeMessage(deps, alert, { ...claimed, address: address.value }, deps.clock(), carrier)
  if (await findAtCarrier(options, claimed, message)) return null
  const cost = await spending.reserve(alert, carrier, message)
  if (cost === null) return judgeAttempt(options, claimed, limited('carrier.spend_cap', SPENT))
  const result = await handOver(options, claimed, message)
  const mayHaveIt = result.outcome === 'accepted' || (result.outcome === 'retryLater' && result.uncertain === true)
  try {
    await spending.settle(alert, carrier, cost, mayHaveIt)
    await noteHealth(options, claimed.channel, result)
    if (result.outcome === 'refused' && result.optedOut) {
      const sender = senderOf(carrier, claimed.channel)
      await deps.store.commit([deps.store.people.optOut(address.value, sender, deps.clock())])
    }
  } catch (error) {
    // The carrier will say so again; what became of this message is told only now.
    if (!mayPass(error)) throw error
  }
  return judgeAttempt(options, claimed, result)
}

const SPENT = 'this drill has cost as much by this carrier as one alert may'
const limited = (code: string, reason: string): Limited => ({ outcome: 'limited', code, reason })

/** What is newer must not arrive before what it follows; that ends within a lease. */
async function waitForEarlier({ store, clock }: Deps, claimed: ClaimedDelivery): Promise<null> {
  await store.commit(store.outbox.release([claimed], clock() + SECOND))
  return null
}

/** No emergency service is ever called or texted, and nobody behind an extension gets a text. */
function isReachableBy(channel: Channel, address: string, extension: string | null): boolean {
  if (channel === 'sms' && extension !== null) return false
  return (channel !== 'sms' && channel !== 'voice') || mayBeDialled(address)
}

const UNDIALLED: SendResult = {
  outcome: 'refused',
  code: 'address.not_dialled',
  reason: 'this number is never called or texted',
  blame: 'address',
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

/** A bug in an adapter must not stop the others: it counts as not taken. */
async function handOver(
  { deps, carrier, abandoned }: AttemptOptions,
  claimed: ClaimedDelivery,
  message: OutgoingMessage,
): Promise<SendResult> {
  let waiting = true
  const sent = carrier.send(message).catch((error: unknown): SendResult => {
    const reason = error instanceof Error ? error.name : 'unknown'
    return { outcome: 'retryLater', code: 'carrier.broken', reason: `the adapter failed: ${reason}`, uncertain: true }
  })
  void sent.then(async (late) => {
    if (waiting || late.outcome !== 'accepted') return
    const accepted: AttemptResult = { ...blank(deps, claimed), outcome: 'accepted', providerId: late.providerId }
    // Where this cannot be written the attempt stays unknown, and is looked up or sent again.
    await deps.store.commit(deps.store.outbox.settle([accepted], deps.clock())).catch(() => {})
  })
  const result = await Promise.race([sent, abandoned.then(() => STALLED)])
  waiting = false
  return result
}

const STALLED: SendResult = {
  outcome: 'retryLater',
  code: 'carrier.stalled',
  reason: 'the carrier stopped answering',
  uncertain: true,
}

/** A carrier that asks to wait is not broken, and neither is one that refuses a number. */
async function noteHealth({ health, carrier }: AttemptOptions, channel: Channel, result: SendResult): Promise<void> {
  if (result.outcome === 'retryLater' && result.afterMs !== undefined) return
  const failed = result.outcome === 'retryLater' || (result.outcome === 'refused' && result.blame === 'sender')
  await health.note(carrier, channel, failed, failed ? result.reason : '')
}

/** Looks up a message whose hand-over ended without an answer, before it is sent once more. */
async function findAtCarrier(
  { deps }: AttemptOptions,
  claimed: ClaimedDelivery,
  message: OutgoingMessage,
): Promise<boolean> {
  const { uncertain } = claimed
  const carrier = uncertain && deps.carriers.find(({ name }) => name === uncertain.carrier)
  const found = await carrier?.find?.(message, uncertain?.since ?? 0).catch(() => null)
  if (!uncertain || !found) return false
  const accepted: AttemptResult = {
    ...blank(deps, claimed),
    attemptNumber: uncertain.number,
    outcome: 'accepted',
    providerId: found.providerId,
  }
  const { release, settle } = deps.store.outbox
  await deps.store.commit([...release([claimed], deps.clock()), ...settle([accepted], deps.clock())])
  return true
}
