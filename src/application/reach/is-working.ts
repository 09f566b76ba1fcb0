import { CHANNELS } from '../../domain/deliveries/channel.ts'
import { type Deps, routeOf, senderOf } from '../deps.ts'
import type { PointRecord } from '../ports/reach-store.ts'

/** Whether a message would go there: it is not known to fail, and a carrier of its channel may still send. */
export function isWorking(deps: Pick<Deps, 'carriers'>, { kind, status, stopped }: PointRecord): boolean {
  if (status === 'gone' || status === 'failing') return false
  // Satellite phones and radios are worked by hand.
  const channel = CHANNELS.find((one) => one === kind)
  return (
    channel !== undefined && routeOf(deps, channel).some((carrier) => !stopped.includes(senderOf(carrier, channel)))
  )
}
