import { each, type Steps } from '../steps.ts'
import { describeCycle, findCycles } from './find-cycles.ts'
import { indexPeople, type Lookup, type PeopleIndex, type Referable } from './people-index.ts'
import type { TreeNode, TreeProblem } from './tree.ts'

/** A person with references to others as a file gave them: external ids or names. */
export interface TreePerson extends Referable {
  line?: number
  reportsTo?: string
  deputies: string[]
  calls?: string[]
}

export interface BuiltTree {
  nodes: TreeNode[]
  /** The tree may be saved only when none of these is `refused`. */
  problems: TreeProblem[]
}

interface Link {
  parent: string
  field: 'reportsTo' | 'calls'
}

/**
 * The call tree that people's references to each other describe, in the order given. Someone referred to who is only
 * among the other known people becomes a node without parent behind them.
 *
 * Problems: `tree.unknown_person`, `tree.ambiguous_person`, `tree.cycle` (each with the loop by name, at every member)
 * are refused; `tree.several_parents` (the first is kept) and `tree.own_deputy` (left out) are warnings.
 */
export function* buildTree(people: TreePerson[], othersKnown: Iterable<Referable> = []): Steps<BuiltTree> {
  const others = [...othersKnown]
  const index = yield* indexPeople([...people, ...others])
  const names = new Map([...others, ...people].map((person) => [person.id, person.name]))
  const nameOf = (id: string) => names.get(id) ?? id
  const problems: TreeProblem[] = []

  const links = yield* linkParents(people, index, nameOf, problems)
  const nodes: TreeNode[] = []
  yield* each(people, 2_000, (person) => {
    const parent = links.get(person.id)?.parent
    const deputies = findDeputies(person, index, problems)
    nodes.push(parent === undefined ? { person: person.id, deputies } : { person: person.id, parent, deputies })
  })
  addMissingNodes(nodes, links)

  const lines = new Map(people.map((person) => [person.id, person.line]))
  for (const cycle of findCycles(nodes)) {
    const reason = `People call each other in a loop: ${describeCycle(cycle, nameOf)}.`
    for (const id of cycle) {
      const field = links.get(id)?.field ?? 'reportsTo'
      problems.push(problem({ id, line: lines.get(id) }, field, 'tree.cycle', reason, 'refused'))
    }
  }
  return { nodes, problems }
}

function* linkParents(
  people: TreePerson[],
  index: PeopleIndex,
  nameOf: (id: string) => string,
  problems: TreeProblem[],
): Steps<Map<string, Link>> {
  const links = new Map<string, Link>()
  const link = (child: string, parent: string, field: Link['field'], source: TreePerson) => {
    const kept = links.get(child)
    if (!kept) links.set(child, { parent, field })
    else if (kept.parent !== parent) {
      const reason = `${nameOf(child)} is already called by ${nameOf(kept.parent)}; ${nameOf(parent)} is left out.`
      problems.push(problem(source, field, 'tree.several_parents', reason, 'warning'))
    }
  }
  yield* each(people, 2_000, (person) => {
    if (!person.reportsTo) return
    const parent = index.lookUp(person.reportsTo)
    if (parent.found === 'one') link(person.id, parent.id, 'reportsTo', person)
    else problems.push(notFound(person, 'reportsTo', parent))
  })
  yield* each(people, 2_000, (person) => {
    for (const callee of person.calls?.flatMap(index.lookUpAll) ?? []) {
      if (callee.found === 'one') link(callee.id, person.id, 'calls', person)
      else problems.push(notFound(person, 'calls', callee))
    }
  })
  return links
}

function findDeputies(person: TreePerson, index: PeopleIndex, problems: TreeProblem[]): string[] {
  const deputies = new Set<string>()
  for (const deputy of person.deputies.flatMap(index.lookUpAll)) {
    if (deputy.found !== 'one') problems.push(notFound(person, 'deputy', deputy))
    else if (deputy.id !== person.id) deputies.add(deputy.id)
    else {
      const reason = `${person.name} cannot be the deputy of ${person.name}.`
      problems.push(problem(person, 'deputy', 'tree.own_deputy', reason, 'warning'))
    }
  }
  return [...deputies]
}

function addMissingNodes(nodes: TreeNode[], links: Map<string, Link>): void {
  const present = new Set(nodes.map((node) => node.person))
  for (const [child, { parent }] of links) {
    for (const person of [parent, child]) {
      if (present.has(person)) continue
      present.add(person)
      const above = links.get(person)?.parent
      nodes.push(above === undefined ? { person, deputies: [] } : { person, parent: above, deputies: [] })
    }
  }
}

function notFound(
  person: TreePerson,
  field: TreeProblem['field'],
  lookup: Exclude<Lookup, { found: 'one' }>,
): TreeProblem {
  const reference = lookup.reference
  return lookup.found === 'none'
    ? problem(person, field, 'tree.unknown_person', `${person.name} refers to ${reference}, who is unknown.`, 'refused')
    : problem(
        person,
        field,
        'tree.ambiguous_person',
        `${person.name} refers to ${reference}, but several people have that name. Give the external id.`,
        'refused',
      )
}

function problem(
  source: { id: string; line?: number | undefined },
  field: TreeProblem['field'],
  code: string,
  reason: string,
  severity: TreeProblem['severity'],
): TreeProblem {
  const line = source.line === undefined ? {} : { line: source.line }
  return { code, field, reason, severity, person: source.id, ...line }
}
