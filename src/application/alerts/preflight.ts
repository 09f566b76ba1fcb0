import type { AlertBody, PreflightResult } from '../../contract/alerts.ts'
import type { Actor } from '../../domain/access/role.ts'
import { CHANNELS } from '../../domain/deliveries/channel.ts'
import { type Deps, routeOf } from '../deps.ts'
import type { Person } from '../ports/people-store.ts'
import { prepareAlert } from './prepare-alert.ts'

const MOST_NAMES = 200

/**
 * Who would be reached, and what stands in the way, before anything is sent. A key that may only raise is told how many
 * and not who: it may not read the contact list.
 *
 * @throws what raising would throw
 */
export async function preflight(deps: Deps, actor: Actor, body: AlertBody): Promise<PreflightResult> {
  const { manifest, audience } = await prepareAlert(deps, actor, body)
  const planned = CHANNELS.filter((channel) => manifest.template.plan.some((step) => step.channels.includes(channel)))
  const channels = planned.filter((channel) => routeOf(deps, channel).length > 0)
  const people = await audienceOf(deps, manifest.trees)
  const reaches = (person: Person, channel: string) => person.contactPoints.some((point) => point.kind === channel)

  const languages = new Set(people.map((person) => person.language))
  const missing = [...languages].filter((language) => !manifest.template.texts[language]).sort()
  const mostNames = actor.kind === 'key' && actor.mayRaise !== null ? 0 : MOST_NAMES
  const unreached = people.filter((person) => !channels.some((channel) => reaches(person, channel)))
  return {
    people: audience,
    byChannel: Object.fromEntries(
      channels.map((channel) => [channel, people.filter((person) => reaches(person, channel)).length]),
    ),
    withoutContactPoint: unreached.slice(0, mostNames).map(({ id, name }) => ({ person: id, name })),
    missingLanguages: missing,
    warnings: [
      ...planned
        .filter((channel) => !channels.includes(channel))
        .map((channel) => `No carrier is set up for ${channel}: this part of the plan reaches nobody.`),
      ...(unreached.length > mostNames ? [`People without a contact point for this plan: ${unreached.length}.`] : []),
    ],
  }
}

async function audienceOf(deps: Deps, trees: readonly { id: string; version: number }[]): Promise<Person[]> {
  const nodes = await Promise.all(trees.map((tree) => deps.store.trees.nodes(tree.id, tree.version)))
  return deps.store.people.find([...new Set(nodes.flat().map((node) => node.person))])
}
