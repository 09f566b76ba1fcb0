import type { Alert } from '../../domain/alerts/alert.ts'
import type { Channel } from '../../domain/deliveries/channel.ts'
import { type Deps, senderOf } from '../deps.ts'
import type { Notice } from '../ports/outbox-store.ts'
import type { ContactPoint, Person } from '../ports/people-store.ts'
import type { CarrierHealth } from './carrier-health.ts'
import { priorityOf } from './plan-due-steps.ts'

/** Where those who run an alert are told something about it: what can be read without answering. */
const CHANNELS: readonly Channel[] = ['push', 'sms', 'email']
const PAGE = 200

/**
 * Says before its lifetime ends an alert that nobody has closed it: on its board, and to whoever raised it, or to every
 * commander where that is no person who can be told.
 */
export async function warnOfEnds(deps: Deps, health: CarrierHealth): Promise<void> {
  const { alerts, outbox } = deps.store
  const now = deps.clock()
  for (const id of await alerts.endingSoon(now)) {
    const alert = await alerts.find(id)
    if (!alert) continue
    const people = await findInCharge(deps, alert)
    const notices = await toNotices(deps, health, people)
    const entry = { id: deps.newId(), alertId: id, at: now, kind: 'ending', recipientId: null }
    const data = { until: alert.endsAt, told: new Set(notices.map(({ person }) => person.id)).size }
    await deps.store.commit([
      alerts.markWarned(id, now),
      alerts.noteIfChanged({ ...entry, data }),
      ...outbox.notify(id, entry.id, notices, now, priorityOf(alert)),
    ])
  }
}

async function findInCharge(deps: Deps, alert: Alert): Promise<Person[]> {
  const { access, overview, people } = deps.store
  const raiser = (await overview.raiserOf(alert.id)) ?? ''
  const account = raiser.startsWith('account:') ? await access.account(raiser.slice('account:'.length)) : null
  const own = account?.personId ? await people.find([account.personId]) : []
  if (own.some(({ contactPoints }) => contactPoints.some(isOfUse))) return own
  const commanders: string[] = []
  let cursor: string | null = null
  do {
    const page = await access.accounts({ cursor, limit: PAGE }, deps.clock())
    for (const { role, personId } of page.items) if (role === 'commander' && personId) commanders.push(personId)
    cursor = page.nextCursor
  } while (cursor !== null)
  return people.find([...new Set(commanders)])
}

/** Every device that shows notifications, and the first of every other kind. */
async function toNotices(deps: Deps, health: CarrierHealth, people: readonly Person[]): Promise<Notice[]> {
  const optOuts = await deps.store.overview.optOuts(people.map(({ id }) => id))
  const carrierFor = (point: ContactPoint, channel: Channel) =>
    health.route(channel).find((one) => !optOuts.get(point.id)?.includes(senderOf(one, channel)))
  return people.flatMap((person) =>
    CHANNELS.flatMap((channel) => {
      const able = person.contactPoints.flatMap((point) => {
        const carrier = point.kind === channel && isOfUse(point) ? carrierFor(point, channel) : undefined
        return carrier ? [{ contactPointId: point.id, carrier: carrier.name }] : []
      })
      const chosen = channel === 'push' ? able : able.slice(0, 1)
      const { id, name, language } = person
      return chosen.map((one) => ({
        ...one,
        id: deps.newId(),
        recipientId: deps.newId(),
        channel,
        person: { id, name, language },
      }))
    }),
  )
}

function isOfUse({ status, kind }: ContactPoint): boolean {
  return status !== 'gone' && CHANNELS.some((channel) => channel === kind)
}
