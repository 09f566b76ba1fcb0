import type { TreeView } from '../../src/contract/trees.ts'

export interface Branch {
  person: string
  name: string
  deputies: string[]
  children: Branch[]
  /** Everyone below, however deep. */
  below: number
}

/** The nested form of a tree's flat nodes; who has no parent in it stands at the top. Deputies by name where known. */
export function growTree(nodes: TreeView['nodes'], unknown: string): Branch[] {
  const names = new Map(nodes.map((node) => [node.person, node.name]))
  const branches = new Map<string, Branch>()
  for (const { person, name, deputies } of nodes) {
    const named = deputies.map((id) => names.get(id) ?? unknown)
    branches.set(person, { person, name, deputies: named, children: [], below: 0 })
  }
  const tops: Branch[] = []
  for (const node of nodes) {
    const branch = branches.get(node.person)
    const parent = node.parent === null ? undefined : branches.get(node.parent)
    if (branch) (parent?.children ?? tops).push(branch)
  }
  for (const top of tops) count(top)
  return tops
}

function count(top: Branch): void {
  const order = [top]
  for (const branch of order) order.push(...branch.children)
  for (const branch of order.reverse()) {
    branch.below = branch.children.reduce((sum, child) => sum + 1 + child.below, 0)
  }
}
