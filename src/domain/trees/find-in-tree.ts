import { each, type Steps } from '../steps.ts'
import { describeCycle, findCycles } from './find-cycles.ts'
import type { TreeNode } from './tree.ts'
import { walkTree } from './walk-tree.ts'
import type { Mend, NamedTree, PersonFacts, Weakness, WeaknessCode } from './weakness.ts'

/** A branch is a single point of failure from this many people on, where it is also this share of the tree. */
const BRANCH = 5
const BRANCH_SHARE = 0.2
/** For so many others somebody may be the only deputy. */
const MOST_DUTIES = 2

interface Place {
  node: TreeNode
  children: string[]
  /** How many people are below. */
  below: number
}

/** What is weak within one tree. */
export function* findInTree(
  tree: NamedTree,
  people: ReadonlyMap<string, PersonFacts>,
  span: number,
): Steps<Weakness[]> {
  const places = measure(tree.nodes)
  const nameOf = (id: string) => people.get(id)?.name ?? 'Somebody who was taken out'
  const reachable = (id: string) => (people.get(id)?.addresses.length ?? 0) > 0
  const found: Weakness[] = []
  const note = (
    code: WeaknessCode,
    severity: Weakness['severity'],
    person: string,
    reason: string,
    mends: Mend[] = [],
  ) => {
    const { id, name, version } = tree
    const who = { id: person, name: nameOf(person) }
    found.push({ code, severity, tree: { id, name, version }, person: who, reason, mends })
  }
  for (const cycle of findCycles(tree.nodes)) {
    const [first = ''] = cycle
    const mends = [
      { label: `Put ${nameOf(first)} at the top`, edits: [{ act: 'move', person: first, parent: null } as const] },
    ]
    note('tree.cycle', 'serious', first, `People call each other in a loop: ${describeCycle(cycle, nameOf)}.`, mends)
  }
  const onlyDeputyOf = new Map<string, string[]>()

  yield* each([...places.values()], 2_000, (place) => {
    const { node, children, below } = place
    const { person, deputies } = node
    const name = nameOf(person)
    if (!people.has(person)) {
      const mends = [{ label: 'Take them out of the tree', edits: [{ act: 'remove', person } as const] }]
      note('tree.removed_person', 'serious', person, 'Somebody who was taken out still has a place in the tree.', mends)
      return
    }
    if (children.length > span) {
      const [heir, ...rest] = children.filter(reachable)
      const surplus = rest.slice(span - 1)
      const mends = heir
        ? [
            {
              label: `Let ${nameOf(heir)} call ${surplus.length} of them`,
              edits: surplus.map((child) => ({ act: 'move', person: child, parent: heir }) as const),
            },
          ]
        : []
      note(
        'tree.span',
        'minor',
        person,
        `${name} calls ${children.length} people; more than ${span} take too long.`,
        mends,
      )
    }
    if (below === 0) return
    const able = deputies.filter(reachable)
    const [only] = able
    if (able.length === 1 && only !== undefined) {
      const others = onlyDeputyOf.get(only)
      if (others) others.push(person)
      else onlyDeputyOf.set(only, [person])
    }
    const propose = () => proposeDeputies(place, places, people)
    if (able.length === 0) {
      const large = below >= BRANCH && below >= BRANCH_SHARE * places.size
      const lacks = deputies.length === 0 ? 'has no deputy' : 'has only deputies whom nobody can reach'
      const code = large ? 'tree.single_point' : deputies.length === 0 ? 'tree.no_deputy' : 'tree.deputy_unreachable'
      const reason = `${name} ${lacks}, and calls for ${below} ${below === 1 ? 'person' : 'people'}.`
      note(code, large ? 'serious' : 'minor', person, reason, propose())
    } else if (able.length < deputies.length) {
      const gone = deputies.filter((deputy) => !reachable(deputy))
      const reason = `Nobody can reach ${gone.map(nameOf).join(', ')}, deputy of ${name}.`
      note('tree.deputy_unreachable', 'minor', person, reason, [
        { label: `Keep only ${able.map(nameOf).join(', ')}`, edits: [{ act: 'set_deputies', person, deputies: able }] },
      ])
    }
    if (able.length > 0 && shareOneAddress([person, ...able], people)) {
      const reason = `${name} and every deputy of ${name} have the same number: if it is silent, so are all of them.`
      note('tree.shared_address', 'serious', person, reason, propose())
    }
  })

  for (const [deputy, others] of onlyDeputyOf) {
    if (others.length <= MOST_DUTIES) continue
    const [first = ''] = others
    const place = places.get(first)
    const reason = `${nameOf(deputy)} is the only deputy of ${others.length} people at once.`
    note('tree.deputy_of_many', 'minor', deputy, reason, place ? proposeDeputies(place, places, people) : [])
  }
  return found
}

function measure(nodes: readonly TreeNode[]): Map<string, Place> {
  const walked = walkTree([...nodes])
  const places = new Map<string, Place>(walked.map((node) => [node.person, { node, children: [], below: 0 }]))
  for (const { person, parent } of walked) if (parent !== undefined) places.get(parent)?.children.push(person)
  // From the leaves up; a stored loop adds each of its people at most once.
  for (const { person, parent } of walked.toReversed()) {
    const above = parent === undefined ? undefined : places.get(parent)
    if (above) above.below += 1 + (places.get(person)?.below ?? 0)
  }
  return places
}

/** The best two: those whom they call first, then those beside them; among these whoever answered last. */
function proposeDeputies(
  { node, children }: Place,
  places: ReadonlyMap<string, Place>,
  people: ReadonlyMap<string, PersonFacts>,
): Mend[] {
  const beside = node.parent === undefined ? [] : (places.get(node.parent)?.children ?? [])
  const own = new Set(people.get(node.person)?.addresses)
  const able = (ids: readonly string[]) =>
    ids
      .map((id) => people.get(id))
      .filter((facts) => facts !== undefined)
      .filter(
        ({ id, addresses }) =>
          id !== node.person && !node.deputies.includes(id) && addresses.some((one) => !own.has(one)),
      )
      .sort((left, right) => right.provenAt - left.provenAt)
  const name = people.get(node.person)?.name ?? ''
  return [...new Set([...able(children), ...able(beside)])].slice(0, 2).map((deputy) => ({
    label: `Make ${deputy.name} the deputy of ${name}`,
    edits: [{ act: 'add_deputy', person: node.person, deputy: deputy.id }],
  }))
}

function shareOneAddress(ids: readonly string[], people: ReadonlyMap<string, PersonFacts>): boolean {
  const all = new Set(ids.flatMap((id) => people.get(id)?.addresses ?? []))
  return all.size === 1
}
