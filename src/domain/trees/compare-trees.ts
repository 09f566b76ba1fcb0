import type { TreeNode } from './tree.ts'

/** What is different between two versions of a tree, by people's ids; each list in the order of the tree that shows it. */
export interface TreeChanges {
  joined: { person: string; parent: string | null }[]
  left: { person: string; parent: string | null }[]
  /** Whoever is called by somebody else than before. */
  moved: { person: string; from: string | null; to: string | null }[]
  /** Whose deputies are others, or in another order. */
  deputies: { person: string; from: string[]; to: string[] }[]
}

export function compareTrees(before: readonly TreeNode[], after: readonly TreeNode[]): TreeChanges {
  const was = new Map(before.map((node) => [node.person, node]))
  const is = new Map(after.map((node) => [node.person, node]))
  const changes: TreeChanges = { joined: [], left: [], moved: [], deputies: [] }
  for (const { person, parent = null, deputies } of is.values()) {
    const known = was.get(person)
    if (!known) {
      changes.joined.push({ person, parent })
      continue
    }
    const from = known.parent ?? null
    if (from !== parent) changes.moved.push({ person, from, to: parent })
    if (known.deputies.join(' ') !== deputies.join(' ')) {
      changes.deputies.push({ person, from: known.deputies, to: deputies })
    }
  }
  for (const { person, parent = null } of was.values()) if (!is.has(person)) changes.left.push({ person, parent })
  return changes
}
