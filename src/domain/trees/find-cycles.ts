import type { TreeNode } from './tree.ts'

/**
 * Every loop among the nodes: the ids in the order in which they would call each other (parent before child), beginning
 * with the one that stands first in the input; a node that is its own parent is a loop of one. A person who occurs
 * twice counts with the first parent given. Takes one pass and no recursion, so any depth is safe.
 */
export function findCycles(nodes: Iterable<Pick<TreeNode, 'person' | 'parent'>>): string[][] {
  const parents = new Map<string, string | undefined>()
  const positions = new Map<string, number>()
  for (const node of nodes) {
    if (parents.has(node.person)) continue
    positions.set(node.person, positions.size)
    parents.set(node.person, node.parent)
  }
  const cycles: string[][] = []
  const done = new Set<string>()
  for (const start of parents.keys()) {
    const climbed = new Map<string, number>()
    let person: string | undefined = start
    while (person !== undefined && parents.has(person) && !done.has(person) && !climbed.has(person)) {
      climbed.set(person, climbed.size)
      person = parents.get(person)
    }
    const entry = person === undefined ? undefined : climbed.get(person)
    if (entry !== undefined) cycles.push(fromTopmost([...climbed.keys()].slice(entry).reverse(), positions))
    for (const id of climbed.keys()) done.add(id)
  }
  return cycles
}

function fromTopmost(cycle: string[], positions: Map<string, number>): string[] {
  const position = (id: string | undefined) => positions.get(id ?? '') ?? Number.POSITIVE_INFINITY
  let first = 0
  for (let i = 1; i < cycle.length; i++) if (position(cycle[i]) < position(cycle[first])) first = i
  return [...cycle.slice(first), ...cycle.slice(0, first)]
}

const longestShown = 40

/** A loop by name, as a person would say it: `Ana → Bo → Cy → Ana`. The middle of a very long one is left out. */
export function describeCycle(cycle: string[], nameOf: (person: string) => string): string {
  const shown = cycle.length > longestShown ? cycle.slice(0, longestShown - 1) : cycle
  const names = shown.map(nameOf)
  if (shown.length < cycle.length) names.push(`… ${cycle.length - shown.length} more`)
  const first = cycle[0]
  return first === undefined ? '' : [...names, nameOf(first)].join(' → ')
}
