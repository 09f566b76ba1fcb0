import type { Tree } from '../../application/ports/tree-store.ts'
import { findTree, saveTree } from '../../application/trees/save-tree.ts'
import { page } from '../../contract/shapes.ts'
import { tree, treeBody, treeSummary } from '../../contract/trees.ts'
import { actorOf, param, readBody, readOnce, readPage, readVersion } from '../read-input.ts'
import { type AppContext, KEEPERS, type Route, STAFF } from '../route.ts'

const TREE_LIMIT = 32 * 1024 * 1024

export const treeRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/trees',
    rule: STAFF,
    summary: 'Call trees by name',
    response: page(treeSummary),
    handle: async (c) => c.json(await c.var.deps.store.trees.list(readPage(c))),
  },
  {
    method: 'POST',
    path: '/api/v1/trees',
    rule: KEEPERS,
    summary: 'Save a new tree; people are named by id or external id',
    body: treeBody,
    response: tree,
    bodyLimit: TREE_LIMIT,
    async handle(c) {
      const once = await readOnce(c)
      const saved = await saveTree(c.var.deps, actorOf(c), await readBody(c, treeBody), null, once)
      return answerTree(c, saved, 201)
    },
  },
  {
    method: 'GET',
    path: '/api/v1/trees/:id',
    rule: STAFF,
    summary: 'One tree with its nodes',
    response: tree,
    handle: async (c) => answerTree(c, await findTree(c.var.deps, param(c, 'id')), 200),
  },
  {
    method: 'PATCH',
    path: '/api/v1/trees/:id',
    rule: KEEPERS,
    summary: 'Save the next version of a tree; send the version you saw as If-Match',
    body: treeBody,
    response: tree,
    bodyLimit: TREE_LIMIT,
    async handle(c) {
      const known = { id: param(c, 'id'), version: readVersion(c) }
      const saved = await saveTree(c.var.deps, actorOf(c), await readBody(c, treeBody), known, null)
      return answerTree(c, saved, 200)
    },
  },
]

async function answerTree(c: AppContext, found: Tree, status: 200 | 201): Promise<Response> {
  const nodes = await c.var.deps.store.trees.nodes(found.id, found.version)
  const view = { ...found, nodes: nodes.map((node) => ({ ...node, parent: node.parent ?? null })) }
  return c.json(view, status, { etag: `"${found.version}"` })
}
