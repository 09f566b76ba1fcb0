import type { EstimatedSend } from '../../domain/carriers/estimate-reach.ts'
import type { Channel } from '../../domain/deliveries/channel.ts'
import { type ContactHistory, decideNext, type PlannedStep } from '../../domain/deliveries/decide-next.ts'
import type { Carrier } from '../ports/carrier.ts'
import type { Person } from '../ports/people-store.ts'

/** One message as it would leave, with what its price depends on. */
export interface ForecastSend extends EstimatedSend {
  address: string
}

/**
 * The messages that one person would get if every carrier took them and no answer came: the same decisions as in an
 * alert, run through to the end of the plan.
 *
 * @param carriersOf the carriers that may take a contact point, in the order of the route
 */
export function planSends(
  plan: readonly PlannedStep[],
  person: Person,
  carriersOf: (point: Person['contactPoints'][number]) => readonly Carrier[],
): ForecastSend[] {
  const carriers = new Map(person.contactPoints.map((point) => [point.id, { point, able: carriersOf(point) }]))
  const points = [...carriers.values()].map(({ point: { id, kind, status }, able }) => ({
    ...{ id, kind, optedOut: false },
    usable: able.length > 0 && status !== 'gone',
  }))
  const history: ContactHistory = { points, deliveries: [] }
  const sends: ForecastSend[] = []
  let now = 0
  for (let step = 0; ; ) {
    const { send, nextStep, nextAt } = decideNext(plan, history, step, 0, now)
    for (const { contactPointId, channel, step: of } of send) {
      const found = carriers.get(contactPointId)
      history.deliveries.push({ contactPointId, channel, step: of, state: 'accepted', failure: null, attempts: 1 })
      if (found) sends.push({ at: now, channel, outlets: toOutlets(found.able, channel), address: found.point.address })
    }
    if (nextAt === null) return sends
    // A decision that neither sends nor moves on would be taken for ever.
    if (nextStep === step && nextAt <= now && send.length === 0) return sends
    step = nextStep
    now = Math.max(now, nextAt)
  }
}

const outlets = new WeakMap<Carrier, Map<Channel, EstimatedSend['outlets'][number]>>()

/** One object per carrier and channel, however many messages: a hundred thousand of them are kept at once. */
function toOutlets(able: readonly Carrier[], channel: Channel): EstimatedSend['outlets'] {
  return able.map((carrier) => {
    const known = outlets.get(carrier) ?? new Map()
    outlets.set(carrier, known)
    const made = known.get(channel) ?? {
      name: carrier.name,
      perSecond: carrier.perSecond(channel),
      concurrency: carrier.concurrency ?? null,
    }
    known.set(channel, made)
    return made
  })
}
