import type { TreeComparison } from '../../contract/trees.ts'
import { Problem } from '../../domain/errors.ts'
import { compareTrees } from '../../domain/trees/compare-trees.ts'
import type { Deps } from '../deps.ts'
import type { NamedNode } from '../ports/tree-store.ts'
import { findTree } from './save-tree.ts'

/**
 * What changed in a tree between two of its versions, or since its last drill.
 *
 * @throws Problem `tree.unknown`, `tree.version_unknown`, `tree.never_drilled`
 */
export async function compareVersions(
  deps: Deps,
  id: string,
  from: number | 'last_drill',
  to: number | null,
): Promise<TreeComparison> {
  const tree = await findTree(deps, id)
  const earlier = from === 'last_drill' ? await deps.store.trees.lastDrilled(tree.id) : from
  if (earlier === null) {
    throw new Problem('missing', 'tree.never_drilled', `There has been no drill with "${tree.name}" yet.`, {
      field: 'from',
    })
  }
  const later = to ?? tree.version
  const before = await readTreeVersion(deps, tree.id, earlier, 'from')
  const after = await readTreeVersion(deps, tree.id, later, 'to')
  const changes = compareTrees(before, after)
  const deputies = changes.deputies.flatMap((change) => [...change.from, ...change.to])
  const names = new Map([...before, ...after].map(({ person, name }) => [person, name]))
  for (const [person, name] of await deps.store.people.namesOf(deputies.filter((one) => !names.has(one)))) {
    names.set(person, name)
  }
  const name = (person: string) => ({ person, name: names.get(person) ?? '' })
  const place = (person: string | null) => (person === null ? null : name(person))
  return {
    from: earlier,
    to: later,
    joined: changes.joined.map(({ person, parent }) => ({ ...name(person), parent: place(parent) })),
    left: changes.left.map(({ person, parent }) => ({ ...name(person), parent: place(parent) })),
    moved: changes.moved.map((move) => ({ ...name(move.person), from: place(move.from), to: place(move.to) })),
    deputies: changes.deputies.map((change) => ({
      ...name(change.person),
      from: change.from.map(name),
      to: change.to.map(name),
    })),
  }
}

/** The nodes of one version. @throws Problem `tree.version_unknown` */
export async function readTreeVersion(deps: Deps, id: string, version: number, field: string): Promise<NamedNode[]> {
  const nodes = await deps.store.trees.nodes(id, version)
  if (nodes.length > 0) return nodes
  throw new Problem('missing', 'tree.version_unknown', `This tree has no version ${version}.`, { field })
}
