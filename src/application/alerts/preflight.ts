import type { AlertBody, PreflightResult } from '../../contract/alerts.ts'
import { type Actor, isRaisingKey } from '../../domain/access/role.ts'
import { countriesOf } from '../../domain/carriers/countries-of.ts'
import { sortRoute } from '../../domain/carriers/may-carry.ts'
import { judgeSender } from '../../domain/carriers/sender-rules.ts'
import { CHANNELS, type Channel } from '../../domain/deliveries/channel.ts'
import { type Deps, routeOf, senderOf } from '../deps.ts'
import type { Carrier } from '../ports/carrier.ts'
import type { ContactPoint, Person } from '../ports/people-store.ts'
import { forecastReach } from './forecast-reach.ts'
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
  const { reaches, stopped, refused, unsure, carriersOf } = await judgeContactPoints(deps, people, channels)

  const languages = new Set(people.map((person) => person.language))
  const missing = [...languages].filter((language) => !manifest.template.texts[language]).sort()
  const unreached = people.filter((person) => !channels.some((channel) => reaches(person, channel)))
  const sms = channels.includes('sms') ? forecastSms(deps, manifest, body.kind, languages) : []
  const { forecast, warnings } = forecastReach(deps, { manifest, kind: body.kind, people, sms, channels, carriersOf })
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
    forecast,
    warnings: [
      ...planned
        .filter((channel) => !channels.includes(channel))
        .map((channel) => `No carrier is set up for ${channel}: this part of the plan reaches nobody.`),
      ...(unreached.length > named.length
        ? [`People without a contact point for this plan: ${unreached.length}.`]
        : []),
      ...[...stopped].map(([channel, count]) => `Opted out of ${channel}: ${count} of the contact points.`),
      ...[...refused].map(([reason, count]) => `No carrier may take ${count} of the contact points: ${reason}.`),
      ...[...unsure].map(
        ([place, count]) =>
          `${place} delivers texts from registered senders only (${count} of the contact points). Say in "registered" of the carrier where its sender is registered.`,
      ),
      ...warnings,
      ...sms.flatMap(warnOfSms),
    ],
  }
}

async function audienceOf(deps: Deps, trees: readonly { id: string; version: number }[]): Promise<Person[]> {
  const nodes = await Promise.all(trees.map((tree) => deps.store.trees.nodes(tree.id, tree.version)))
  return deps.store.people.find([...new Set(nodes.flat().map((node) => node.person))])
}

/**
 * A point is of use on a channel as long as its owner has not told every carrier of the route to stop, and one of them may
 * take it by its limits.
 */
async function judgeContactPoints(deps: Deps, people: readonly Person[], channels: readonly Channel[]) {
  const optOuts = await deps.store.overview.optOuts(people.map((person) => person.id))
  const stopped = new Map<string, number>()
  const refused = new Map<string, number>()
  const unsure = new Map<string, number>()
  const able = new Map<string, Carrier[]>()
  for (const point of people.flatMap(({ contactPoints }) => contactPoints)) {
    const channel = channels.find((one) => one === point.kind)
    if (!channel) continue
    const route = routeOf(deps, channel)
    const open = route.filter((carrier) => !optOuts.get(point.id)?.includes(senderOf(carrier, channel)))
    if (open.length === 0) count(stopped, channel)
    const countries = route.some(({ limits }) => limits) ? countriesOf(point.address) : []
    const { may, mayNot } = sortRoute(open, channel, countries)
    if (open.length > 0 && may.length === 0) count(refused, mayNot.map(({ reason }) => reason).join('; '))
    const [country] = countries
    const doubted = ({ limits }: Carrier) =>
      limits && judgeSender(limits.sender, limits.registered, country ?? '') === 'unsure'
    if (channel === 'sms' && country && may.length > 0 && may.every(doubted)) count(unsure, country)
    able.set(point.id, may)
  }
  const carriersOf = (point: ContactPoint) => able.get(point.id) ?? []
  const reaches = (person: Person, channel: Channel) =>
    person.contactPoints.some((point) => point.kind === channel && carriersOf(point).length > 0)
  return { reaches, stopped, refused, unsure, carriersOf }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
