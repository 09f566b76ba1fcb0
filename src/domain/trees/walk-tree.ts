import type { TreeNode } from './tree.ts'

export interface WalkedNode extends TreeNode {
  /** Steps below a root: 0 for the roots themselves. */
  depth: number
}

/**
 * Every person of a tree once, level by level, in the order given within each level. It ends on any input: whoever no
 * root leads to (a loop, a parent outside) counts as a root behind the true ones, so that nobody is ever left out.
 */
export function walkTree(nodes: TreeNode[]): WalkedNode[] {
  const byPerson = new Map<string, TreeNode>()
  for (const node of nodes) if (!byPerson.has(node.person)) byPerson.set(node.person, node)
  const children = new Map<string, TreeNode[]>()
  for (const node of byPerson.values()) {
    if (node.parent === undefined) continue
    const siblings = children.get(node.parent)
    if (siblings) siblings.push(node)
    else children.set(node.parent, [node])
  }

  const walked: WalkedNode[] = []
  const seen = new Set<string>()
  const walkFrom = (roots: TreeNode[]) => {
    let level = roots
    for (let depth = 0; level.length > 0; depth++) {
      const next: TreeNode[] = []
      for (const node of level) {
        if (seen.has(node.person)) continue
        seen.add(node.person)
        walked.push({ ...node, depth })
        for (const child of children.get(node.person) ?? []) next.push(child)
      }
      level = next
    }
  }
  walkFrom([...byPerson.values()].filter((node) => node.parent === undefined || !byPerson.has(node.parent)))
  for (const node of byPerson.values()) if (!seen.has(node.person)) walkFrom([node])
  return walked
}
