import { MINUTE, SECOND } from '../clock.ts'
import type { Channel } from '../deliveries/channel.ts'
import { describeSeconds } from '../reports/describe-seconds.ts'
import type { OutletLoad, ReachEstimate } from './estimate-reach.ts'

/** Faster than this nothing holds people up that anybody could mend before an alert. */
const QUICK = MINUTE

const NAMES: Record<Channel, string> = {
  push: 'Push',
  sms: 'SMS',
  voice: 'Voice',
  email: 'Email',
  webhook: 'Webhook',
}

/**
 * What makes the last people wait, and what would help; null when everybody is reached within a minute.
 *
 * @param planned the channels of the plan that have a carrier
 */
export function describeBottleneck(estimate: ReachEstimate, planned: readonly Channel[]): string | null {
  const { all, loads } = estimate
  if (all === null || all <= QUICK) return null
  const slowest = loads.filter(({ firsts }) => firsts > 0).sort((one, other) => other.lastFirstAt - one.lastFirstAt)[0]
  if (!slowest) return null
  const people = slowest.firsts === 1 ? '1 person is' : `${slowest.firsts.toLocaleString('en')} people are`
  const wait = describeSeconds(all / SECOND)
  // Where the queue itself is short, the plan makes them wait: nothing of an earlier step can reach them.
  if (queueTime(slowest) * 2 < all) {
    return `${people} reached first by ${NAMES[slowest.channel]}, the last of them ${wait} after the alert is raised: no earlier step of the plan has a way to them.`
  }
  const others = loads.filter(({ channel, carrier }) => channel === slowest.channel && carrier !== slowest.carrier)
  const pace = slowest.perSecond === null ? '' : ` at ${slowest.perSecond} per second`
  const push = planned.includes('push') ? '' : ' or push'
  const another = others.length > 0 ? 'a further carrier' : 'a second carrier'
  return `${NAMES[slowest.channel]} by "${slowest.carrier}"${pace}: ${people.replace(/ (is|are)$/, '')} ${slowest.firsts === 1 ? 'takes' : 'take'} ${wait}; ${another}${push} would help.`
}

function queueTime({ perSecond, messages }: OutletLoad): number {
  return perSecond === null ? 0 : (messages / perSecond) * SECOND
}
