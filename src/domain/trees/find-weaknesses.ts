import { each, type Steps } from '../steps.ts'
import { findInTree } from './find-in-tree.ts'
import { type NamedTree, type PersonFacts, WEAKNESS_CODES, type Weakness } from './weakness.ts'

/** How many people one person calls at most before it takes too long; incident command counts with three to seven. */
const SPAN = 10

/**
 * Everything about people and trees that will cost time or people on the day, the worst first. `people` holds everybody who
 * is there; whoever a tree names and is not among them has been taken out.
 */
export function* findWeaknesses(
  trees: readonly NamedTree[],
  people: ReadonlyMap<string, PersonFacts>,
  span: number = SPAN,
): Steps<Weakness[]> {
  const found: Weakness[] = []
  const placed = new Map<string, NamedTree[]>()
  for (const tree of trees) {
    yield* each([...tree.nodes], 2_000, ({ person }) => {
      const present = placed.get(person)
      if (present) present.push(tree)
      else placed.set(person, [tree])
    })
    found.push(...(yield* findInTree(tree, people, span)))
  }
  const heads = findHeads(trees, people)
  yield* each([...people.values()], 2_000, (person) => {
    const { id, name } = person
    const who = { id, name }
    if (person.addresses.length === 0) {
      found.push({
        code: 'person.unreachable',
        severity: 'serious',
        person: who,
        reason: `${name} has no working contact point.`,
        mends: [{ label: `Give ${name} a number`, person: id }],
      })
    }
    const within = placed.get(id) ?? []
    if (within.length === 0) found.push(inNoTree(person, trees, heads))
    else if (within.length > 1) {
      const names = within.map((tree) => `"${tree.name}"`).join(', ')
      const reason = `${name} is in several trees: ${names}. In an alert to more than one, ${name} is contacted once.`
      found.push({ code: 'person.in_several_trees', severity: 'minor', person: who, reason, mends: [] })
    }
  })
  return found.sort((left, right) => WEAKNESS_CODES.indexOf(left.code) - WEAKNESS_CODES.indexOf(right.code))
}

interface Head {
  tree: NamedTree
  id: string
  name: string
}

/** For each group, who calls most of its people: whom a new member of it most likely belongs under. */
function findHeads(trees: readonly NamedTree[], people: ReadonlyMap<string, PersonFacts>): Map<string, Head> {
  const counts = new Map<string, { head: Head; count: number }>()
  const heads = new Map<string, { head: Head; count: number }>()
  for (const tree of trees) {
    for (const { person, parent } of tree.nodes) {
      const above = parent === undefined ? undefined : people.get(parent)
      if (!above) continue
      for (const group of people.get(person)?.groups ?? []) {
        const key = `${tree.id} ${above.id} ${group}`
        const entry = counts.get(key) ?? { head: { tree, id: above.id, name: above.name }, count: 0 }
        entry.count++
        counts.set(key, entry)
        if (entry.count > (heads.get(group)?.count ?? 0)) heads.set(group, entry)
      }
    }
  }
  return new Map([...heads].map(([group, { head }]) => [group, head]))
}

function inNoTree(
  { id, name, groups }: PersonFacts,
  trees: readonly NamedTree[],
  heads: ReadonlyMap<string, Head>,
): Weakness {
  const head = groups.map((group) => heads.get(group)).find((one) => one !== undefined)
  const [first] = trees
  const tree = head?.tree ?? first
  const label = head ? `Let ${head.name} call ${name}` : `Add ${name} at the top of "${first?.name}"`
  return {
    code: 'person.in_no_tree',
    severity: 'serious',
    ...(tree ? { tree: { id: tree.id, name: tree.name, version: tree.version } } : {}),
    person: { id, name },
    reason: `${name} is in no tree: no alert reaches ${name}.`,
    mends: tree ? [{ label, edits: [{ act: 'add', person: id, parent: head?.id ?? null }] }] : [],
  }
}
