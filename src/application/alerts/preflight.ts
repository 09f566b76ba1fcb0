import type { AlertBody, PreflightResult } from '../../contract/alerts.ts'
import { type Actor, isRaisingKey } from '../../domain/access/role.ts'
import { CHANNELS, type Channel } from '../../domain/deliveries/channel.ts'
import { type Deps, routeOf, senderOf } from '../deps.ts'
import type { ContactPoint, Person } from '../ports/people-store.ts'
import { forecastSms, warnOfSms } from './forecast-sms.ts'
import { prepareAlert } from './prepare-alert.ts'

const MOST_NAMES = 200

/**
 * Who would be reached, and what stands in the way, before anything is sent. A key that may only raise gets numbers, no
 * names: whoever steals it must not read the contact list.
 *
 * @throws what raising would throw
 */
export async function preflight(deps: Deps, actor: Actor, body: AlertBody): Promise<PreflightResult> {
  const { manifest, audience } = await prepareAlert(deps, actor, body)
  const planned = CHANNELS.filter((channel) => manifest.template.plan.some((step) => step.channels.includes(channel)))
  const channels = planned.filter((channel) => routeOf(deps, channel).length > 0)
  const people = await audienceOf(deps, manifest.trees)
  const { reaches, stopped } = await judgeContactPoints(deps, people, channels)

  const languages = new Set(people.map((person) => person.language))
  const missing = [...languages].filter((language) => !manifest.template.texts[language]).sort()
  const unreached = people.filter((person) => !channels.some((channel) => reaches(person, channel)))
  const sms = channels.includes('sms') ? forecastSms(deps, manifest, body.kind, languages) : []
  const named = isRaisingKey(actor) ? [] : unreached.slice(0, MOST_NAMES)
  return {
    people: audience,
    byChannel: Object.fromEntries(
      channels.map((channel) => [channel, people.filter((person) => reaches(person, channel)).length]),
    ),
    unreached: unreached.length,
    withoutContactPoint: named.map(({ id, name }) => ({ person: id, name })),
    missingLanguages: missing,
    sms,
    warnings: [
      ...planned
        .filter((channel) => !channels.includes(channel))
        .map((channel) => `No carrier is set up for ${channel}: this part of the plan reaches nobody.`),
      ...(unreached.length > named.length
        ? [`People without a contact point for this plan: ${unreached.length}.`]
        : []),
      ...[...stopped].map(([channel, count]) => `Opted out of ${channel}: ${count} of the contact points.`),
      ...sms.flatMap(warnOfSms),
    ],
  }
}

async function audienceOf(deps: Deps, trees: readonly { id: string; version: number }[]): Promise<Person[]> {
  const nodes = await Promise.all(trees.map((tree) => deps.store.trees.nodes(tree.id, tree.version)))
  return deps.store.people.find([...new Set(nodes.flat().map((node) => node.person))])
}

/** A point is of use on a channel as long as its owner has not told every carrier of the route to stop. */
async function judgeContactPoints(deps: Deps, people: readonly Person[], channels: readonly Channel[]) {
  const optOuts = await deps.store.overview.optOuts(people.map((person) => person.id))
  const isOpen = (point: ContactPoint, channel: Channel) =>
    point.kind === channel &&
    routeOf(deps, channel).some((carrier) => !optOuts.get(point.id)?.includes(senderOf(carrier, channel)))
  const stopped = new Map<Channel, number>()
  for (const { contactPoints } of people) {
    for (const channel of channels) {
      const closed = contactPoints.filter((point) => point.kind === channel && !isOpen(point, channel)).length
      if (closed > 0) stopped.set(channel, (stopped.get(channel) ?? 0) + closed)
    }
  }
  const reaches = (person: Person, channel: Channel) => person.contactPoints.some((point) => isOpen(point, channel))
  return { reaches, stopped }
}
