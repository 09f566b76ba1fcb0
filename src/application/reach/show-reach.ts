import type { PersonReach, TreeReach } from '../../contract/reach.ts'
import { bestProof, expectReach, judgeProof, PROOFS, type Proof } from '../../domain/reach/judge-reach.ts'
import { toIso } from '../alerts/view-alert.ts'
import type { Deps } from '../deps.ts'
import type { Page, PageRequest } from '../ports/page.ts'
import type { PointRecord } from '../ports/reach-store.ts'
import type { Tree } from '../ports/tree-store.ts'
import { findTree } from '../trees/save-tree.ts'
import { isWorking } from './is-working.ts'

interface Judged {
  proof: Proof
  points: (PointRecord & { proof: Proof })[]
}

/** How far everybody, and each tree, is proven to be reachable. */
export async function showReach(deps: Deps): Promise<TreeReach[]> {
  const judged = await judgePeople(deps)
  const ledger: TreeReach[] = [countUp([...judged.values()])]
  for (let cursor: string | null = null; ; ) {
    const page: Page<Tree> = await deps.store.trees.list({ cursor, limit: 100 })
    for (const tree of page.items) {
      const nodes = await deps.store.trees.nodes(tree.id, tree.version)
      const placed = nodes.flatMap(({ person }) => judged.get(person) ?? [])
      ledger.push({ tree: { id: tree.id, name: tree.name }, ...countUp(placed) })
      await deps.pause(0)
    }
    cursor = page.nextCursor
    if (cursor === null) return ledger
  }
}

/**
 * People with the proof of each of their contact points, whoever is worst off first.
 *
 * @throws Problem `tree.unknown`
 */
export async function listReach(
  deps: Deps,
  { tree: treeId, proof }: { tree?: string | undefined; proof?: Proof | undefined },
  { cursor, limit }: PageRequest,
): Promise<Page<PersonReach>> {
  const tree = treeId === undefined ? null : await findTree(deps, treeId)
  const within = tree && new Set((await deps.store.trees.nodes(tree.id, tree.version)).map(({ person }) => person))
  const listed = [...(await judgePeople(deps))]
    .filter(([id, person]) => (within?.has(id) ?? true) && (proof === undefined || person.proof === proof))
    .sort(([, left], [, right]) => PROOFS.indexOf(right.proof) - PROOFS.indexOf(left.proof))
  const from = Number(cursor ?? 0) || 0
  const some = listed.slice(from, from + limit)
  const names = await deps.store.people.namesOf(some.map(([id]) => id))
  const items = some.map(([person, { proof: best, points }]) => ({
    person,
    name: names.get(person) ?? '',
    proof: best,
    lastProof: isoOf(Math.max(0, ...points.map(({ lastProofAt }) => lastProofAt ?? 0)) || null),
    points: points.map(({ id, kind, label, status, lastProofAt, proof: own }) => ({
      ...{ id, kind, label, status, proof: own },
      lastProof: isoOf(lastProofAt),
    })),
  }))
  return { items, nextCursor: from + limit < listed.length ? String(from + limit) : null }
}

async function judgePeople(deps: Deps): Promise<Map<string, Judged>> {
  const now = deps.clock()
  const judged = new Map<string, Judged>()
  for await (const page of deps.store.people.names()) {
    for (const { id } of page) judged.set(id, { proof: 'lost', points: [] })
    await deps.pause(0)
  }
  for await (const page of deps.store.reach.points()) {
    for (const point of page) {
      const proof = judgeProof({ works: isWorking(deps, point), lastProofAt: point.lastProofAt }, now)
      judged.get(point.person)?.points.push({ ...point, proof })
    }
    await deps.pause(0)
  }
  for (const person of judged.values()) person.proof = bestProof(person.points.map(({ proof }) => proof))
  return judged
}

function countUp(people: readonly Judged[]): Omit<TreeReach, 'tree'> {
  const proofs = noCounts()
  const channels: TreeReach['channels'] = {}
  for (const { proof, points } of people) {
    proofs[proof]++
    const byKind = Map.groupBy(points, ({ kind }) => kind)
    for (const [kind, own] of byKind) {
      channels[kind] ??= noCounts()
      channels[kind][bestProof(own.map((point) => point.proof))]++
    }
  }
  return { people: people.length, proofs, channels, expected: expectReach(proofs) }
}

function noCounts(): Record<Proof, number> {
  return { proven: 0, ageing: 0, stale: 0, never: 0, lost: 0 }
}

function isoOf(time: number | null): string | null {
  return time === null ? null : toIso(time)
}
