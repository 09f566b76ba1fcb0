import type { Actor } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { editTree, type TreeEdit } from '../../domain/trees/edit-tree.ts'
import type { Deps } from '../deps.ts'
import type { Tree } from '../ports/tree-store.ts'
import { findTree, saveTree } from './save-tree.ts'

/**
 * Saves the next version of a tree after some edits: what an editor did, or a proposed mend.
 *
 * @throws Problem `tree.unknown`, `tree.stale` when it is not at that version any more, and what the edits are refused for
 */
export async function saveTreeEdits(
  deps: Deps,
  actor: Actor,
  id: string,
  version: number | null,
  edits: readonly TreeEdit[],
): Promise<Tree> {
  const current = await findTree(deps, id)
  if (version !== null && version !== current.version) {
    throw new Problem('stale', 'tree.stale', 'Somebody else saved this tree meanwhile. Look again and repeat.')
  }
  const nodes = await deps.store.trees.nodes(current.id, current.version)
  const names = new Map(nodes.map(({ person, name }) => [person, name]))
  const given = edits.map(({ person }) => person).filter((person) => !names.has(person))
  for (const [person, name] of await deps.store.people.namesOf(given)) names.set(person, name)
  const edited = editTree(nodes, edits, (person) => names.get(person) ?? 'Somebody')
  const body = {
    name: current.name,
    nodes: edited.map(({ person, parent, deputies }) => ({
      person,
      deputies,
      ...(parent === undefined ? {} : { parent }),
    })),
  }
  return saveTree(deps, actor, body, { id: current.id, version: current.version }, null)
}
