import type { Column } from '../../domain/people/guess-columns.ts'
import type { PlannedRow } from '../../domain/people/plan-import.ts'
import type { Steps } from '../../domain/steps.ts'
import { type BuiltTree, buildTree, type TreePerson } from '../../domain/trees/build-tree.ts'
import { type KeptPlaces, keepPlaces } from '../../domain/trees/keep-places.ts'
import type { TreeNode, TreeProblem } from '../../domain/trees/tree.ts'
import type { Person } from '../ports/people-store.ts'

/**
 * The call tree that a file describes, over the people as they are after the import. References to people whose row
 * was left out are dropped and stay in the list of problems. Whoever was in the tree of that name before stays in it: in
 * the place they had where the file does not give them one (their row is left out, they are not in the file, or the
 * file says nothing of who calls whom), else as roots, so that nobody is lost.
 */
export function* buildImportedTree(
  applied: ReadonlyMap<PlannedRow, Person>,
  known: readonly Person[],
  before: readonly TreeNode[],
  columns: readonly Pick<Column, 'role'>[],
): Steps<BuiltTree> {
  const inFile = new Set([...applied.values()].map((person) => person.id))
  const people = [...applied].map(([row, person]) => toTreePerson(row, person))
  const others = known.filter((person) => !inFile.has(person.id)).map(toReferable)
  const first = yield* buildTree(people, others)
  const broken = new Set(first.problems.filter(({ severity }) => severity === 'refused').map(({ person }) => person))
  const mended = people.map((person) =>
    broken.has(person.id) ? { ...toReferable(person), ...lineOf(person.line), deputies: [] } : person,
  )
  const { nodes } = broken.size === 0 ? first : yield* buildTree(mended, others)
  if (before.length === 0) return { nodes, problems: first.problems }
  const saysWho =
    columns.some(({ role }) => role === 'reportsTo' || role === 'calls') ||
    people.some(({ reportsTo, calls }) => reportsTo !== undefined || calls !== undefined)
  const placed = new Set(saysWho ? people.flatMap(({ id }) => (broken.has(id) ? [] : [id])) : [])
  const names = new Map([...known, ...people].map(({ id, name }) => [id, name]))
  const tree = keepPlaces(nodes, before, placed, (person) => names.has(person))
  return { nodes: tree.nodes, problems: [...first.problems, ...describeKept(tree, names)] }
}

const NAMED = 5

function* describeKept({ kept, raised }: KeptPlaces, names: ReadonlyMap<string, string>): Iterable<TreeProblem> {
  const list = (people: readonly string[]) => {
    const more = people.length > NAMED ? ` and ${people.length - NAMED} more` : ''
    return `${people
      .slice(0, NAMED)
      .map((person) => names.get(person))
      .join(', ')}${more}`
  }
  const say = (code: string, reason: string): TreeProblem => ({ code, field: 'nodes', reason, severity: 'warning' })
  if (kept.length > 0) {
    const many = kept.length === 1 ? '1 person keeps the place' : `${kept.length} people keep the place`
    yield say('tree.kept', `${many} that they had in this tree, since the file gives them none: ${list(kept)}.`)
  }
  if (raised.length > 0) {
    const reason = `These were called by people whom the file puts below them, and are at the top now: ${list(raised)}.`
    yield say('tree.place_lost', reason)
  }
}

function toTreePerson(row: PlannedRow, person: Person): TreePerson {
  const { reportsTo, deputies = [], calls } = row.draft ?? {}
  return {
    ...toReferable(person),
    ...lineOf(row.line),
    deputies,
    ...(reportsTo === undefined ? {} : { reportsTo }),
    ...(calls === undefined ? {} : { calls }),
  }
}

function toReferable({ id, externalId, name }: { id: string; externalId?: string | null; name: string }) {
  return externalId ? { id, externalId, name } : { id, name }
}

function lineOf(line: number | undefined): { line?: number } {
  return line === undefined ? {} : { line }
}
