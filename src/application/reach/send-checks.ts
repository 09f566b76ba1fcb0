import { countriesOf } from '../../domain/carriers/countries-of.ts'
import { sortRoute } from '../../domain/carriers/may-carry.ts'
import { HOUR, MINUTE, SECOND } from '../../domain/clock.ts'
import { CHANNELS } from '../../domain/deliveries/channel.ts'
import { MOST_TRIES } from '../../domain/reach/check.ts'
import { isOfficeTime, nextOfficeTime, zoneOfCountry } from '../../domain/reach/office-hours.ts'
import { type Deps, routeOf, senderOf } from '../deps.ts'
import type { Carrier, SendResult } from '../ports/carrier.ts'
import type { CheckedPoint } from '../ports/check-store.ts'
import type { Statement } from '../ports/statement.ts'
import { composeCheck } from './compose-check.ts'

/** How many are handed over in one turn: alerts come first, and must not wait for a long one. */
const TURN = 20
const CLAIM = 5 * MINUTE
/** A check waits so long before another try. */
const TRY_AGAIN = 10 * MINUTE
const WHILE_ALERTED = HOUR
/** Where a carrier names no rate, checks still leave one by one. */
const PER_SECOND = 5
/** Checks take at most this share of a carrier's rate: whatever comes meanwhile finds room. */
const SHARE = 0.5

/**
 * Hands over the questions that are due, slowly, by day where people are, and never while an alert has anything to send.
 *
 * What is left is taken up at the next turn.
 */
export async function sendChecks(deps: Deps): Promise<void> {
  const { checks } = deps.store
  const now = deps.clock()
  await deps.store.commit([checks.expire(now)])
  for (let turn = 0; turn < TURN && !deps.spent?.aborted; turn++) {
    const at = deps.clock()
    if (await isBusy(deps, at)) return
    const [check] = await checks.claim(at, at + CLAIM, 1)
    if (!check) return
    await deps.store.commit(await handOver(deps, check))
  }
}

async function isBusy({ store }: Deps, now: number): Promise<boolean> {
  const next = await store.outbox.nextDue()
  return next !== null && next <= now + SECOND
}

async function handOver(deps: Deps, check: CheckedPoint): Promise<Statement[]> {
  const { checks } = deps.store
  const now = deps.clock()
  const obstacle = findObstacle(deps, check, now)
  if (obstacle) {
    const { reason, later } = obstacle
    return later === null ? checks.end(check.id, 'dropped', reason, now) : [checks.putOff(check.id, later, reason)]
  }
  const channel = CHANNELS.find((one) => one === check.kind)
  const route = channel ? routeOf(deps, channel) : []
  const open = channel ? route.filter((carrier) => !check.stopped.includes(senderOf(carrier, channel))) : []
  const able = channel ? sortRoute(open, channel, countriesOf(check.address)).may : []
  if (!channel || able.length === 0) return checks.end(check.id, 'dropped', 'No carrier may send there.', now)
  let last: SendResult | null = null
  for (const carrier of able) {
    const result = await carrier.send({ ...composeCheck(deps, check), answerAt: carrier.answerAt })
    await deps.pause(SECOND / ((carrier.perSecond(channel) ?? PER_SECOND / SHARE) * SHARE))
    last = result
    if (result.outcome === 'accepted') return [checks.markSent(check.id, carrier.name, result.providerId, deps.clock())]
    if (isAboutAddress(result)) return refuse(deps, check, carrier, result)
  }
  const reason = last && last.outcome !== 'accepted' ? last.reason : ''
  return check.attempts < MOST_TRIES
    ? [checks.putOff(check.id, deps.clock() + TRY_AGAIN * check.attempts, reason)]
    : checks.end(check.id, 'dropped', `No carrier took it: ${reason}`, deps.clock())
}

/** What speaks against asking now: it is asked later, or not at all. */
function findObstacle(
  { settings }: Pick<Deps, 'settings'>,
  check: CheckedPoint,
  now: number,
): { reason: string; later: number | null } | null {
  const { present, awayUntil, lastProofAt, createdAt, byHand, alerted, address } = check
  if (!present) return { reason: 'The person or the contact point was taken out.', later: null }
  if (lastProofAt !== null && lastProofAt > createdAt) return { reason: 'It has been proven meanwhile.', later: null }
  // An answer of one digit must never be doubtful while an alert waits for one.
  if (alerted) return { reason: 'An alert is open for this person.', later: now + WHILE_ALERTED }
  if (byHand) return null
  if (awayUntil !== null && awayUntil > now) return { reason: 'The person is away.', later: null }
  const timeZone = check.timeZone ?? zoneOfCountry(countriesOf(address)[0] ?? settings.region)
  if (isOfficeTime(now, timeZone)) return null
  return { reason: 'It is not office time there.', later: nextOfficeTime(now, timeZone) }
}

type AboutAddress = Extract<SendResult, { outcome: 'refused' | 'addressGone' }>

function isAboutAddress(result: SendResult): result is AboutAddress {
  return result.outcome === 'addressGone' || (result.outcome === 'refused' && result.blame === 'address')
}

function refuse(deps: Deps, check: CheckedPoint, carrier: Carrier, result: AboutAddress): Statement[] {
  const { checks, people } = deps.store
  const now = deps.clock()
  if (result.outcome === 'refused' && result.optedOut) {
    const sender = senderOf(carrier, check.kind as 'sms')
    return [people.optOut(check.address, sender, now), ...checks.end(check.id, 'dropped', result.reason, now)]
  }
  return checks.end(check.id, 'failed', result.reason, now)
}
