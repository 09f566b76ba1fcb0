import type { Readiness } from '../contract/readiness.ts'
import { CHANNELS, type Channel } from '../domain/deliveries/channel.ts'
import { type Deps, routeOf } from './deps.ts'

/** Whether the service itself works: the database answers and a channel is set up. */
export async function checkService(deps: Deps): Promise<{ database: boolean; channels: Channel[] }> {
  const database = await deps.store.records.setting('kind').then(
    () => true,
    () => false,
  )
  return { database, channels: CHANNELS.filter((channel) => routeOf(deps, channel).length > 0) }
}

/** Whether an alert could be raised now, and what stands in the way. */
export async function checkReadiness(deps: Deps): Promise<Readiness> {
  const { database, channels } = await checkService(deps)
  const { missing, warnings } = database ? await checkPreparation(deps) : { missing: [], warnings: [] }
  return { ok: database && channels.length > 0 && missing.length === 0, database, channels, missing, warnings }
}

async function checkPreparation({ store, clock }: Deps): Promise<Pick<Readiness, 'missing' | 'warnings'>> {
  const one = { cursor: null, limit: 1 }
  const [people, templates, trees, raisers] = await Promise.all([
    store.people.list(one),
    store.templates.list(one),
    store.trees.list({ cursor: null, limit: 500 }),
    store.access.raisers(clock()),
  ])
  const reached = await store.trees.countPeople(trees.items)
  const missing: Readiness['missing'] = []
  if (people.items.length === 0) missing.push('people')
  if (reached === 0) missing.push('tree')
  if (templates.items.length === 0) missing.push('template')
  if (!raisers.known) missing.push('commander')
  return { missing, warnings: raisers.known && !raisers.ready ? ['commander_signed_out'] : [] }
}
