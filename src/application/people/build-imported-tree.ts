import type { PlannedRow } from '../../domain/people/plan-import.ts'
import type { Steps } from '../../domain/steps.ts'
import { type BuiltTree, buildTree, type TreePerson } from '../../domain/trees/build-tree.ts'
import type { Person } from '../ports/people-store.ts'

/**
 * The call tree that a file describes, over the people as they are after the import. References to people whose row
 * was left out are dropped and stay in the list of problems: those who have them become roots, so that nobody is lost.
 */
export function* buildImportedTree(
  applied: ReadonlyMap<PlannedRow, Person>,
  known: readonly Person[],
): Steps<BuiltTree> {
  const inFile = new Set([...applied.values()].map((person) => person.id))
  const people = [...applied].map(([row, person]) => toTreePerson(row, person))
  const others = known.filter((person) => !inFile.has(person.id)).map(toReferable)
  const first = yield* buildTree(people, others)
  const broken = new Set(first.problems.filter(({ severity }) => severity === 'refused').map(({ person }) => person))
  if (broken.size === 0) return first
  const mended = people.map((person) =>
    broken.has(person.id) ? { ...toReferable(person), ...lineOf(person.line), deputies: [] } : person,
  )
  return { nodes: (yield* buildTree(mended, others)).nodes, problems: first.problems }
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
