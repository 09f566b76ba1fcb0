import { and, asc, desc, eq, gt, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Statement } from '../application/ports/statement.ts'
import type { Tree, TreeStore } from '../application/ports/tree-store.ts'
import type { TreeNode } from '../domain/trees/tree.ts'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'
import { type Database, failUnless, inJsonChunks, rowsIn, rowsOf, statement } from './database.ts'
import { people } from './schema/people.ts'
import { treeNodes, trees, treeVersions } from './schema/trees.ts'

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
    async versions(id, { cursor, limit }) {
      const [before] = decodeCursor(cursor, 1) ?? []
      const rows = await db
        .select()
        .from(treeVersions)
        .where(
          and(eq(treeVersions.treeId, id), before === undefined ? undefined : lt(treeVersions.version, Number(before))),
        )
        .orderBy(desc(treeVersions.version))
        .limit(limit + 1)
      const items = rows.map(({ treeId: _, removedAt: __, ...version }) => version)
      return pageOf(items, limit, ({ version }) => encodeCursor([version]))
    },
    async lastDrilled(id) {
      const [row] = await rowsOf(
        database,
        sql`select t.value->>'version' as version from alerts a, json_each(a.manifest, '$.trees') as t
          where a.kind = 'drill' and t.value->>'id' = ${id} order by a.id desc limit 1`,
      )
      return row ? Number(row.version) : null
    },
    async changedSince(time) {
      const rows = await rowsOf(
        database,
        sql`select t.id, t.name, t.version, t.removed_at, v.version as was, v.name as name_then, v.name = t.name
            and v.people = t.people and not exists (${nodesOf(sql`v.version`)} except ${nodesOf(sql`t.version`)}) as same
          from trees t left join tree_versions v on v.tree_id = t.id
            and v.version = (select max(version) from tree_versions where tree_id = t.id and at <= ${time})
            and (v.removed_at is null or v.removed_at > ${time})
          where t.updated_at > ${time} or t.removed_at > ${time} order by t.name, t.id`,
      )
      return rows.map((row) => ({
        id: String(row.id),
        name: String(row.name),
        version: Number(row.version),
        removed: row.removed_at !== null,
        was: row.was === null ? null : Number(row.was),
        same: row.same === 1,
        nameThen: row.name_then === null ? null : String(row.name_then),
      }))
    },
    requireState: (id, version, removed) =>
      failUnless(sql`exists (select 1 from trees
        where id = ${id} and version = ${version} and (removed_at is not null) = ${removed ? 1 : 0})`),
    requireVersion: (id, version) =>
      failUnless(sql`exists (select 1 from trees where id = ${id} and version = ${version} and removed_at is null)`),
    add: (tree, nodes, now, by) => [
      statement(sql`insert into trees (id, name, version, people, updated_at)
        values (${tree.id}, ${tree.name}, 1, ${tree.people}, ${now})`),
      noteVersion(tree, now, by, sql`true`),
      ...writeNodes(tree, nodes, sql`true`),
    ],
    change: (tree, nodes, now, by) => writeNext(tree, nodes, now, by, sql`removed_at is null`),
    bringBack: (tree, nodes, now, by) => writeNext(tree, nodes, now, by, sql`true`),
    remove: (id, version, now) => [
      statement(sql`update tree_versions set removed_at = ${now} where tree_id = ${id} and version = ${version}
        and exists (select 1 from trees where id = ${id} and version = ${version} and removed_at is null)`),
      statement(sql`update trees set removed_at = ${now} where id = ${id} and version = ${version} and removed_at is null
        returning id`),
    ],
  }
}

/** What belongs to the version comes first: its guard looks at the version that the last statement moves on. */
function writeNext(tree: Tree, nodes: readonly TreeNode[], now: number, by: string, there: SQL): Statement[] {
  const guard = sql`exists (select 1 from trees where id = ${tree.id} and version = ${tree.version - 1} and ${there})`
  return [
    noteVersion(tree, now, by, guard),
    ...writeNodes(tree, nodes, guard),
    statement(sql`update trees set name = ${tree.name}, version = ${tree.version}, people = ${tree.people},
      updated_at = ${now}, removed_at = null where id = ${tree.id} and version = ${tree.version - 1} and ${there} returning id`),
  ]
}

function noteVersion({ id, version, name, people: count }: Tree, now: number, by: string, guard: SQL): Statement {
  return statement(sql`insert into tree_versions (tree_id, version, name, people, at, by)
    select ${id}, ${version}, ${name}, ${count}, ${now}, ${by} where ${guard}`)
}

function nodesOf(version: SQL): SQL {
  return sql`select position, person_id, parent_id, deputies from tree_nodes where tree_id = t.id and version = ${version}`
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
