import { describeCycle, findCycles } from './find-cycles.ts'
import type { TreeNode, TreeProblem } from './tree.ts'

/**
 * What keeps nodes from being a tree that can be called. `names` holds every person who exists, by id.
 *
 * Codes: `tree.empty`, `tree.person_twice`, `tree.unknown_person`, `tree.unknown_parent` (someone who is not in the
 * tree), `tree.cycle` (with its path by name), all refused; `tree.own_deputy` is a warning.
 */
export function checkTree(nodes: TreeNode[], names: ReadonlyMap<string, string>): TreeProblem[] {
  if (nodes.length === 0) return [refused('tree.empty', 'A tree needs at least one person.')]
  const nameOf = (id: string) => names.get(id) ?? id
  const present = new Set(nodes.map((node) => node.person))
  const problems: TreeProblem[] = []
  const seen = new Set<string>()
  for (const { person, parent, deputies } of nodes) {
    if (seen.has(person)) problems.push(refused('tree.person_twice', `${nameOf(person)} is in the tree twice.`, person))
    seen.add(person)
    for (const id of [person, ...deputies]) {
      if (!names.has(id)) problems.push(refused('tree.unknown_person', `There is no person ${id}.`, person))
    }
    if (parent !== undefined && !present.has(parent)) {
      const reason = `${nameOf(person)} is to be called by ${nameOf(parent)}, who is not in the tree.`
      problems.push(refused('tree.unknown_parent', reason, person))
    }
    if (deputies.includes(person)) {
      const reason = `${nameOf(person)} cannot be the deputy of ${nameOf(person)}.`
      problems.push({ ...refused('tree.own_deputy', reason, person), severity: 'warning' })
    }
  }
  for (const cycle of findCycles(nodes)) {
    const reason = `People call each other in a loop: ${describeCycle(cycle, nameOf)}.`
    problems.push(refused('tree.cycle', reason, cycle[0]))
  }
  return problems
}

function refused(code: string, reason: string, person?: string): TreeProblem {
  const problem: TreeProblem = { code, field: 'nodes', reason, severity: 'refused' }
  return person === undefined ? problem : { ...problem, person }
}
