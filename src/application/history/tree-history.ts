import type { TreeVersionView } from '../../contract/history.ts'
import { type Actor, nameOf } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { toIso } from '../alerts/view-alert.ts'
import { auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import type { Page, PageRequest } from '../ports/page.ts'
import type { Tree } from '../ports/tree-store.ts'
import { readTreeVersion } from '../trees/compare-versions.ts'
import { findTree } from '../trees/save-tree.ts'
import { nameActors } from './name-actors.ts'

/** The versions of a tree, newest first. @throws Problem `tree.unknown` */
export async function listTreeVersions(deps: Deps, id: string, request: PageRequest): Promise<Page<TreeVersionView>> {
  const tree = await findTree(deps, id)
  const { items, nextCursor } = await deps.store.trees.versions(tree.id, request)
  const nameIt = await nameActors(
    deps,
    items.map(({ by }) => by),
  )
  return { items: items.map(({ at, by, ...version }) => ({ ...version, at: toIso(at), by: nameIt(by) })), nextCursor }
}

/**
 * Makes a tree what it was once, as its next version.
 *
 * @throws Problem `tree.unknown`, `tree.version_unknown`, `tree.stale`
 */
export async function bringBackTree(
  deps: Deps,
  actor: Actor,
  id: string,
  version: number,
  seen: number | null,
): Promise<Tree> {
  const current = await findTree(deps, id)
  if (seen !== null && seen !== current.version) throw stale()
  const nodes = await readTreeVersion(deps, current.id, version, 'version')
  const tree = { ...current, version: current.version + 1, people: nodes.length }
  const rows = await deps.store.commit([
    ...deps.store.trees.change(tree, nodes, deps.clock(), nameOf(actor)),
    auditedIfChanged(deps, actor, 'tree.bring_back', tree.id, { version }),
  ])
  if (rows.at(-2)?.length !== 1) throw stale()
  return tree
}

function stale(): Problem {
  return new Problem('stale', 'tree.stale', 'Somebody else saved this tree meanwhile. Look again and repeat.')
}
