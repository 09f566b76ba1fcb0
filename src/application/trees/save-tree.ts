import type { TreeBody } from '../../contract/trees.ts'
import { type Actor, nameOf } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { checkTree } from '../../domain/trees/check-tree.ts'
import type { TreeNode } from '../../domain/trees/tree.ts'
import { walkTree } from '../../domain/trees/walk-tree.ts'
import { audited, auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, findDone, type Once } from '../once.ts'
import type { Tree } from '../ports/tree-store.ts'

/**
 * Saves a new tree, or with `known` the next version of one.
 *
 * @throws Problem `tree.cycle` with its path by name and its kin; `tree.name_taken`; `tree.stale` when somebody else
 *   saved it meanwhile
 */
export async function saveTree(
  deps: Deps,
  actor: Actor,
  body: TreeBody,
  known: { id: string; version: number | null } | null,
  once: Once | null,
): Promise<Tree> {
  const earlier = once && (await findDone<Tree>(deps, actor, once))
  if (earlier) return earlier.result
  const current = known ? await findTree(deps, known.id) : null
  if (current && known?.version !== null && known?.version !== current.version) throw stale()
  const named = await deps.store.trees.find(body.name)
  if (named && named.id !== current?.id) {
    throw new Problem('conflict', 'tree.name_taken', `There is a tree "${body.name}" already.`, { field: 'name' })
  }
  const nodes = walkTree(await resolve(deps, body, current))
  const tree: Tree = {
    id: current?.id ?? deps.newId(),
    name: body.name,
    version: (current?.version ?? 0) + 1,
    people: nodes.length,
  }
  const { trees } = deps.store
  const now = deps.clock()
  if (current === null) {
    const statements = [...trees.add(tree, nodes, now, nameOf(actor)), audited(deps, actor, 'tree.save', tree.id)]
    return (await commitOnce(deps, actor, once, statements, tree)).result
  }
  const statements = [
    ...trees.change(tree, nodes, now, nameOf(actor)),
    auditedIfChanged(deps, actor, 'tree.save', tree.id),
  ]
  const rows = await deps.store.commit(statements)
  if (rows.at(-2)?.length !== 1) throw stale()
  return tree
}

/**
 * Takes a tree out of every list; alerts that run with it go on.
 *
 * @throws Problem `tree.unknown`, `tree.stale`
 */
export async function removeTree(deps: Deps, actor: Actor, id: string, version: number | null): Promise<void> {
  const tree = await findTree(deps, id)
  const rows = await deps.store.commit([
    ...deps.store.trees.remove(tree.id, version ?? tree.version, deps.clock()),
    auditedIfChanged(deps, actor, 'tree.remove', tree.id),
  ])
  if (rows.at(-2)?.length !== 1) throw stale()
}

/** @throws Problem `tree.unknown` */
export async function findTree(deps: Deps, idOrName: string): Promise<Tree> {
  const tree = await deps.store.trees.find(idOrName)
  if (!tree) throw new Problem('missing', 'tree.unknown', 'There is no such tree.')
  return tree
}

function stale(): Problem {
  return new Problem('stale', 'tree.stale', 'Somebody else saved this tree meanwhile. Look again and repeat.')
}

/** People may be named by id or by external id. Whoever was taken out may stay where they are until somebody decides. */
async function resolve(deps: Deps, body: TreeBody, current: Tree | null): Promise<TreeNode[]> {
  const names = new Map<string, string>()
  const byExternalId = new Map<string | null, string>()
  for await (const page of deps.store.people.names()) {
    for (const { id, externalId, name } of page) {
      names.set(id, name)
      byExternalId.set(externalId, id)
    }
    await deps.pause(0)
  }
  if (current) {
    const present = await deps.store.trees.nodes(current.id, current.version)
    const placed = present.flatMap(({ person, deputies }) => [person, ...deputies])
    for (const [id, name] of await deps.store.people.namesOf(placed.filter((id) => !names.has(id)))) names.set(id, name)
  }
  const idOf = (reference: string) => (names.has(reference) ? reference : (byExternalId.get(reference) ?? reference))
  const nodes = body.nodes.map(({ person, parent, deputies }) => ({
    person: idOf(person),
    deputies: deputies.map(idOf),
    ...(parent === undefined ? {} : { parent: idOf(parent) }),
  }))
  const problem = checkTree(nodes, names).find(({ severity }) => severity === 'refused')
  if (!problem) return nodes
  const index = nodes.findIndex((node) => node.person === problem.person)
  throw new Problem('invalid', problem.code, problem.reason, { field: index < 0 ? 'nodes' : `nodes.${index}` })
}
