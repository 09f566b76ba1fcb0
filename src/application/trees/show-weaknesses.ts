import { findWeaknesses } from '../../domain/trees/find-weaknesses.ts'
import type { NamedTree, PersonFacts, Weakness } from '../../domain/trees/weakness.ts'
import type { Deps } from '../deps.ts'
import { isWorking } from '../reach/is-working.ts'
import { runSteps } from '../run-steps.ts'

/** Everything that is weak about people and trees, the worst first; with `treeId` only what concerns that tree. */
export async function showWeaknesses(deps: Deps, treeId: string | null, span?: number): Promise<Weakness[]> {
  const trees = await readTrees(deps)
  const found = await runSteps(deps, findWeaknesses(trees, await gatherFacts(deps), span))
  return treeId === null ? found : found.filter(({ tree }) => tree?.id === treeId)
}

async function readTrees({ store, pause }: Deps): Promise<NamedTree[]> {
  const trees: NamedTree[] = []
  for (let cursor: string | null = null; ; ) {
    const page = await store.trees.list({ cursor, limit: 100 })
    for (const { id, name, version } of page.items) {
      trees.push({ id, name, version, nodes: await store.trees.nodes(id, version) })
      await pause(0)
    }
    cursor = page.nextCursor
    if (cursor === null) return trees
  }
}

async function gatherFacts(deps: Deps): Promise<Map<string, PersonFacts>> {
  const facts = new Map<string, PersonFacts & { addresses: string[] }>()
  for await (const page of deps.store.people.names()) {
    for (const { id, name, groups } of page) facts.set(id, { id, name, groups, addresses: [], provenAt: 0 })
    await deps.pause(0)
  }
  for await (const page of deps.store.reach.points()) {
    for (const point of page) {
      const person = facts.get(point.person)
      if (!person || !isWorking(deps, point)) continue
      if (!person.addresses.includes(point.addressHash)) person.addresses.push(point.addressHash)
      person.provenAt = Math.max(person.provenAt, point.lastProofAt ?? 0)
    }
    await deps.pause(0)
  }
  return facts
}
