import type { ReturnResult } from '../../contract/history.ts'
import { type Actor, nameOf } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { toIso } from '../alerts/view-alert.ts'
import { audited } from '../audited.ts'
import type { Deps } from '../deps.ts'
import type { ChangedPerson, Person } from '../ports/people-store.ts'
import type { Statement } from '../ports/statement.ts'
import { asNext, commitUnlessTaken } from './person-history.ts'
import { judgePerson, judgeTree } from './show-changes.ts'

/** People written at a time: sealing their addresses takes some 20 ms. */
const SLICE = 500

/**
 * Makes people and trees what they were at a time, in one commit: what was changed since is changed back, whoever was taken
 * out comes back, and whoever was added is taken out. Every step of it is a version, so that this can be undone the same way.
 *
 * @throws Problem `history.future`; `history.changed` when somebody changes people or trees meanwhile;
 *   `person.external_id_taken`
 */
export async function returnTo(deps: Deps, actor: Actor, to: number): Promise<ReturnResult> {
  const now = deps.clock()
  if (to >= now) throw new Problem('invalid', 'history.future', 'This time is not in the past.', { field: 'to' })
  const by = nameOf(actor)
  const basis = await deps.store.people.basis()
  const people = await sortPeople(deps, to)
  const statements: Statement[] = [
    deps.store.people.requireBasis(basis),
    ...deps.store.people.remove(people.removed, now, by),
  ]
  const back = [...people.changed, ...people.broughtBack]
  for (let start = 0; start < back.length; start += SLICE) {
    statements.push(...deps.store.people.bringBack(back.slice(start, start + SLICE), now, by))
    await deps.pause(0)
  }
  const trees = await returnTrees(deps, to, now, by)
  const count = (lists: Record<'changed' | 'broughtBack' | 'removed', readonly unknown[]>) => ({
    changed: lists.changed.length,
    broughtBack: lists.broughtBack.length,
    removed: lists.removed.length,
  })
  const result = { to: toIso(to), people: count(people), trees: count(trees) }
  await commitUnlessTaken(deps, [
    ...statements,
    ...Object.values(trees).flat(2),
    // Whoever made a link meanwhile may be whom this is meant to undo.
    deps.store.checks.endLinks(now),
    audited(deps, actor, 'history.return', null, result),
  ]).catch(async (error: unknown) => {
    if ((await deps.store.people.basis()) === basis) throw error
    throw new Problem(
      'conflict',
      'history.changed',
      'Somebody changed people meanwhile, so nothing was done. Try again.',
    )
  })
  return result
}

interface Sorted {
  changed: Person[]
  broughtBack: Person[]
  removed: Person[]
}

async function sortPeople(deps: Deps, to: number): Promise<Sorted> {
  const sorted: Sorted = { changed: [], broughtBack: [], removed: [] }
  for (let cursor: string | null = null; ; ) {
    const page = await deps.store.people.changedSince(to, { cursor, limit: SLICE })
    for (const item of page.items) sortPerson(item, sorted)
    cursor = page.nextCursor
    if (cursor === null) return sorted
    await deps.pause(0)
  }
}

function sortPerson(item: ChangedPerson, sorted: Sorted): void {
  const { was, now } = item
  const change = judgePerson(item)?.change
  if (change === 'added') sorted.removed.push(now.person)
  else if (was && change) sorted[change === 'removed' ? 'broughtBack' : 'changed'].push(asNext(was, now))
}

/** The statements for each tree that is not what it was. */
async function returnTrees(deps: Deps, to: number, now: number, by: string) {
  const trees = { changed: [] as Statement[][], broughtBack: [] as Statement[][], removed: [] as Statement[][] }
  for (const found of await deps.store.trees.changedSince(to)) {
    const change = judgeTree(found)
    const { id, version, was } = found
    const unchanged = deps.store.trees.requireState(id, version, found.removed)
    if (change === 'added') trees.removed.push([unchanged, ...deps.store.trees.remove(id, version, now)])
    else if (change !== null && was !== null) {
      const nodes = await deps.store.trees.nodes(id, was)
      const name = found.nameThen ?? found.name
      const tree = { id, name, version: version + 1, people: nodes.length }
      const list = change === 'removed' ? trees.broughtBack : trees.changed
      list.push([unchanged, ...deps.store.trees.bringBack(tree, nodes, now, by)])
    }
  }
  return trees
}
