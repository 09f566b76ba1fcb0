import { and, asc, eq, gt, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Statement } from '../application/ports/statement.ts'
import type { Tree, TreeStore } from '../application/ports/tree-store.ts'
import type { TreeNode } from '../domain/trees/tree.ts'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'
import { type Database, failUnless, inJsonChunks, rowsIn, rowsOf, statement } from './database.ts'
import { people } from './schema/people.ts'
import { treeNodes, trees } from './schema/trees.ts'

const columns = { id: trees.id, name: trees.name, version: trees.version, people: trees.people }

export function createTreeStore(database: Database): TreeStore {
  const { db } = database
  return {
    async list({ cursor, limit }) {
      const [name] = decodeCursor(cursor, 1) ?? []
      const where = and(isNull(trees.removedAt), name === undefined ? undefined : gt(trees.name, name))
      const rows = await db
        .select(columns)
        .from(trees)
        .where(where)
        .orderBy(asc(trees.name))
        .limit(limit + 1)
      return pageOf(rows, limit, (tree) => encodeCursor([tree.name]))
    },
    async find(idOrName) {
      const named = or(eq(trees.id, idOrName), eq(trees.name, idOrName))
      const [row] = await db
        .select(columns)
        .from(trees)
        .where(and(named, isNull(trees.removedAt)))
      return row ?? null
    },
    async nodes(id, version) {
      const rows = await db
        .select({
          person: treeNodes.personId,
          parent: treeNodes.parentId,
          deputies: treeNodes.deputies,
          name: people.name,
        })
        .from(treeNodes)
        .innerJoin(people, eq(people.id, treeNodes.personId))
        .where(and(eq(treeNodes.treeId, id), eq(treeNodes.version, version)))
        .orderBy(asc(treeNodes.position))
      return rows.map(({ parent, ...node }) => (parent === null ? node : { ...node, parent }))
    },
    async countPeople(versions) {
      const [row] = await rowsOf(
        database,
        sql`select count(distinct n.person_id) as people from json_each(${JSON.stringify(versions)}) as t
          join tree_nodes n on n.tree_id = t.value->>'id' and n.version = t.value->>'version'
          join people p on p.id = n.person_id and p.removed_at is null`,
      )
      return Number(row?.people ?? 0)
    },
    requireVersion: (id, version) =>
      failUnless(sql`exists (select 1 from trees where id = ${id} and version = ${version} and removed_at is null)`),
    add: (tree, nodes, now) => [
      statement(sql`insert into trees (id, name, version, people, updated_at)
        values (${tree.id}, ${tree.name}, 1, ${tree.people}, ${now})`),
      ...writeNodes(tree, nodes, sql`true`),
    ],
    // The nodes come first: their guard looks at the version that the last statement moves on.
    change: (tree, nodes, now) => [
      ...writeNodes(
        tree,
        nodes,
        sql`exists (select 1 from trees where id = ${tree.id} and version = ${tree.version - 1})`,
      ),
      statement(sql`update trees set name = ${tree.name}, version = ${tree.version}, people = ${tree.people},
        updated_at = ${now} where id = ${tree.id} and version = ${tree.version - 1} and removed_at is null returning id`),
    ],
  }
}

function writeNodes(tree: Tree, nodes: readonly TreeNode[], guard: SQL): Statement[] {
  const rows = nodes.map((node, position) => ({ ...node, position }))
  return inJsonChunks(rows).map((json) =>
    statement(sql`
      insert into tree_nodes (tree_id, version, position, person_id, parent_id, deputies)
      select ${tree.id}, ${tree.version}, v->>'position', v->>'person', v->>'parent', v->'deputies'
      from ${rowsIn(json)} where ${guard}`),
  )
}
