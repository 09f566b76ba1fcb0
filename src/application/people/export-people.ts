import type { Actor } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import type { ExportedPerson } from '../../domain/people/exported-person.ts'
import { writePeopleCards } from '../../domain/people/write-people-cards.ts'
import { writePeopleCsv } from '../../domain/people/write-people-csv.ts'
import { audited } from '../audited.ts'
import type { Deps } from '../deps.ts'
import type { Tree } from '../ports/tree-store.ts'

/**
 * Everybody as a file that the import reads back. Who reports to whom and who stands in for whom is that of a tree, where
 * none is named of the only one there is; its people come first, in its order. Who took the contact list away is in the
 * audit log.
 *
 * @throws Problem `tree.unknown`
 */
export async function exportPeople(
  deps: Deps,
  actor: Actor,
  format: 'csv' | 'vcard',
  treeName: string | null,
): Promise<string> {
  const tree = await findTree(deps, treeName)
  const people = await describePeople(deps, tree)
  const details = { people: people.length, format, tree: tree?.id ?? null }
  await deps.store.commit([audited(deps, actor, 'people.export', null, details)])
  return format === 'csv' ? writePeopleCsv(people) : writePeopleCards(people)
}

async function findTree({ store }: Deps, name: string | null): Promise<Tree | null> {
  if (name === null) {
    const { items } = await store.trees.list({ cursor: null, limit: 2 })
    return items.length === 1 ? (items[0] ?? null) : null
  }
  const tree = await store.trees.find(name)
  if (tree) return tree
  throw new Problem('missing', 'tree.unknown', 'There is no such tree.', { field: 'tree' })
}

async function describePeople({ store }: Deps, tree: Tree | null): Promise<ExportedPerson[]> {
  const everybody = await store.people.all()
  const nodes = tree ? await store.trees.nodes(tree.id, tree.version) : []
  const byId = new Map(everybody.map((person) => [person.id, person]))
  const referTo = (id: string) => {
    const person = byId.get(id)
    return person ? [person.externalId ?? person.name] : []
  }
  const inTree = new Map(nodes.map((node) => [node.person, node]))
  const ordered = [
    ...nodes.flatMap(({ person }) => byId.get(person) ?? []),
    ...everybody.filter(({ id }) => !inTree.has(id)),
  ]
  return ordered.map((person) => {
    const node = inTree.get(person.id)
    const [reportsTo] = node?.parent === undefined ? [] : referTo(node.parent)
    return {
      ...person,
      ...(reportsTo === undefined ? {} : { reportsTo }),
      deputies: node?.deputies.flatMap(referTo) ?? [],
    }
  })
}
