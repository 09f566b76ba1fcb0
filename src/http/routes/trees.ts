import type { Tree } from '../../application/ports/tree-store.ts'
import { compareVersions, readTreeVersion } from '../../application/trees/compare-versions.ts'
import { saveTreeEdits } from '../../application/trees/edit-tree.ts'
import { findTree, removeTree, saveTree } from '../../application/trees/save-tree.ts'
import { showWeaknesses } from '../../application/trees/show-weaknesses.ts'
import { page, pageQuery } from '../../contract/shapes.ts'
import {
  tree,
  treeBody,
  treeComparison,
  treeComparisonQuery,
  treeEdits,
  treeQuery,
  treeSummary,
  type WeaknessList,
  weaknesses,
  weaknessQuery,
} from '../../contract/trees.ts'
import { actorOf, param, readBody, readOnce, readPage, readQuery, readVersion } from '../read-input.ts'
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
    path: '/api/v1/trees/weaknesses',
    rule: STAFF,
    summary: 'What is weak about people and trees, the worst first, each with what mends it',
    query: weaknessQuery.extend(pageQuery.shape),
    response: weaknesses,
    handle: async (c) => c.json(await listWeaknesses(c, null)),
  },
  {
    method: 'GET',
    path: '/api/v1/trees/:id',
    rule: STAFF,
    summary: 'One tree with its nodes, as it is or at an earlier version',
    query: treeQuery,
    response: tree,
    async handle(c) {
      const found = await findTree(c.var.deps, param(c, 'id'))
      const { version } = readQuery(c, treeQuery)
      return answerTree(c, version === undefined ? found : { ...found, version }, 200)
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/trees/:id',
    rule: KEEPERS,
    summary: 'Take a tree out; running alerts keep it. Send the version you saw as If-Match',
    async handle(c) {
      await removeTree(c.var.deps, actorOf(c), param(c, 'id'), readVersion(c))
      return c.body(null, 204)
    },
  },
  {
    method: 'GET',
    path: '/api/v1/trees/:id/weaknesses',
    rule: STAFF,
    summary: 'What is weak about one tree',
    query: weaknessQuery.extend(pageQuery.shape),
    response: weaknesses,
    handle: async (c) => c.json(await listWeaknesses(c, (await findTree(c.var.deps, param(c, 'id'))).id)),
  },
  {
    method: 'GET',
    path: '/api/v1/trees/:id/changes',
    rule: STAFF,
    summary: 'What changed between two versions, or since the last drill',
    query: treeComparisonQuery,
    response: treeComparison,
    async handle(c) {
      const { from, to } = readQuery(c, treeComparisonQuery)
      return c.json(await compareVersions(c.var.deps, param(c, 'id'), from, to ?? null))
    },
  },
  {
    method: 'POST',
    path: '/api/v1/trees/:id/edits',
    rule: KEEPERS,
    summary: 'Save the next version of a tree by edits of it; send the version you saw as If-Match',
    body: treeEdits,
    response: tree,
    async handle(c) {
      const { edits } = await readBody(c, treeEdits)
      return answerTree(c, await saveTreeEdits(c.var.deps, actorOf(c), param(c, 'id'), readVersion(c), edits), 200)
    },
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

/** The whole is looked through for each page: what was mended meanwhile is gone from the next. */
async function listWeaknesses(c: AppContext, treeId: string | null): Promise<WeaknessList> {
  const { span, code } = readQuery(c, weaknessQuery)
  const { cursor, limit } = readPage(c)
  const found = await showWeaknesses(c.var.deps, treeId, span)
  const counts: WeaknessList['counts'] = {}
  for (const one of found) counts[one.code] = (counts[one.code] ?? 0) + 1
  const wanted = code === undefined ? found : found.filter((one) => one.code === code)
  const from = Number(cursor ?? 0) || 0
  const next = from + limit
  return { items: wanted.slice(from, next), nextCursor: next < wanted.length ? String(next) : null, counts }
}

async function answerTree(c: AppContext, found: Tree, status: 200 | 201): Promise<Response> {
  const nodes = await readTreeVersion(c.var.deps, found.id, found.version, 'version')
  const view = { ...found, nodes: nodes.map((node) => ({ ...node, parent: node.parent ?? null })) }
  return c.json(view, status, { etag: `"${found.version}"` })
}
