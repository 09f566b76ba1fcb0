import type { TreeView } from '../../src/contract/trees.ts'

export interface Branch {
  person: string
  name: string
  /** Who calls them, where that person is in the tree too. */
  parent: Branch | null
  /** By name. */
  deputies: string[]
  children: Branch[]
  /** Everyone below, however deep. */
  below: number
}

/** The nested form of a tree's flat nodes; who has no parent in it stands at the top, and so does one of each loop. */
export function growTree(nodes: TreeView['nodes'], nameOf: (person: string) => string): Branch[] {
  const branches = new Map<string, Branch>()
  for (const { person, name, deputies } of nodes) {
    branches.set(person, { person, name, parent: null, deputies: deputies.map(nameOf), children: [], below: 0 })
  }
  const tops: Branch[] = []
  for (const node of nodes) {
    const branch = branches.get(node.person)
    const parent = node.parent === null ? undefined : branches.get(node.parent)
    if (!branch) continue
    branch.parent = parent ?? null
    ;(parent?.children ?? tops).push(branch)
  }
  const reached = new Set<Branch>()
  for (const top of tops) reach(top, reached)
  for (const branch of branches.values()) {
    if (reached.has(branch)) continue
    branch.parent?.children.splice(branch.parent.children.indexOf(branch), 1)
    branch.parent = null
    tops.push(branch)
    reach(branch, reached)
  }
  return tops
}

/** Notes everybody below, and counts them from the leaves up. */
function reach(top: Branch, reached: Set<Branch>): void {
  const order = [top]
  for (const branch of order) order.push(...branch.children)
  for (const branch of order.reverse()) {
    reached.add(branch)
    branch.below = branch.children.reduce((sum, child) => sum + 1 + child.below, 0)
  }
}

/** One line of the outline that is to be seen. */
export interface Row {
  branch: Branch
  /** From 1, as the level of an ARIA tree. */
  level: number
  place: number
  of: number
  open: boolean
}

/** The lines to be seen, from the top down: only of branches that are open. */
export function listRows(tops: readonly Branch[], isOpen: (branch: Branch, level: number) => boolean): Row[] {
  const rows: Row[] = []
  const stack = rowsOf(tops, 1, isOpen).reverse()
  for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
    rows.push(row)
    if (row.open) stack.push(...rowsOf(row.branch.children, row.level + 1, isOpen).reverse())
  }
  return rows
}

function rowsOf(branches: readonly Branch[], level: number, isOpen: (branch: Branch, level: number) => boolean): Row[] {
  return branches.map((branch, index) => ({
    ...{ branch, level, place: index + 1, of: branches.length },
    open: branch.children.length > 0 && isOpen(branch, level),
  }))
}
