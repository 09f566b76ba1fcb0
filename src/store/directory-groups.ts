import { sql } from 'drizzle-orm'
import type { DirectoryGroup, DirectoryStore } from '../application/ports/directory-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import type { Resource } from '../domain/directory/attributes.ts'
import { foldCase } from '../domain/directory/match-filter.ts'
import { type Database, failUnless, listOf, rowsOf, statement } from './database.ts'

type Groups = Pick<
  DirectoryStore,
  'group' | 'groups' | 'members' | 'groupsOf' | 'known' | 'requireGroup' | 'saveGroup' | 'changeMembers' | 'removeGroup'
>

/** What the directory deleted is gone for it, and so is whom a human took out while it still had them. */
export const VISIBLE = sql`d.state <> 'deleted' and (d.state = 'inactive' or p.removed_at is null)`

/** Named groups of a directory and who is in them; whoever it has deleted is in none that it can see. */
export function createDirectoryGroups(database: Database, vault: Vault): Groups {
  return {
    async group(by) {
      const where = 'id' in by ? sql`id = ${by.id}` : sql`name_key = ${foldCase(by.name)}`
      const [row] = await rowsOf(database, sql`select * from directory_groups where ${where}`)
      return row ? toGroup(row) : null
    },
    groups: async () => (await rowsOf(database, sql`select * from directory_groups order by id`)).map(toGroup),
    async members(groupId) {
      const rows = await rowsOf(
        database,
        sql`select d.person_id, d.sealed from directory_members m
          join directory_users d on d.person_id = m.person_id join people p on p.id = d.person_id
          where m.group_id = ${groupId} and ${VISIBLE} order by d.person_id`,
      )
      return rows.map((row) => {
        const user = JSON.parse(vault.open(String(row.sealed))) as Resource
        return { id: String(row.person_id), userName: String(user.userName) }
      })
    },
    async groupsOf(people) {
      const rows = await rowsOf(
        database,
        sql`select m.person_id, g.id, g.name from directory_members m join directory_groups g on g.id = m.group_id
          where m.person_id in ${listOf(people)} order by g.id`,
      )
      const byPerson = Map.groupBy(rows, (row) => String(row.person_id))
      return new Map(
        [...byPerson].map(([id, found]) => [id, found.map((row) => ({ id: String(row.id), name: String(row.name) }))]),
      )
    },
    async known(people) {
      const rows = await rowsOf(
        database,
        sql`select d.person_id from directory_users d join people p on p.id = d.person_id
          where d.person_id in ${listOf(people)} and ${VISIBLE}`,
      )
      return new Set(rows.map((row) => String(row.person_id)))
    },
    requireGroup: (id, version) =>
      failUnless(
        version === 0
          ? sql`not exists (select 1 from directory_groups where id = ${id})`
          : sql`exists (select 1 from directory_groups where id = ${id} and version = ${version})`,
      ),
    saveGroup: ({ id, version, name, externalId, createdAt, updatedAt }) =>
      statement(sql`insert into directory_groups (id, version, name, name_key, external_id, created_at, updated_at)
        values (${id}, ${version}, ${name}, ${foldCase(name)}, ${externalId}, ${createdAt}, ${updatedAt})
        on conflict (id) do update set version = excluded.version, name = excluded.name, name_key = excluded.name_key,
          external_id = excluded.external_id, updated_at = excluded.updated_at`),
    changeMembers: (groupId, added, removed) => [
      statement(sql`delete from directory_members where group_id = ${groupId} and person_id in ${listOf(removed)}`),
      statement(sql`insert into directory_members (group_id, person_id)
        select ${groupId}, value from json_each(${JSON.stringify(added)}) where true on conflict do nothing`),
    ],
    removeGroup: (id) => [
      statement(sql`delete from directory_members where group_id = ${id}`),
      statement(sql`delete from directory_groups where id = ${id}`),
    ],
  }
}

function toGroup(row: Record<string, unknown>): DirectoryGroup {
  return {
    id: String(row.id),
    version: Number(row.version),
    name: String(row.name),
    externalId: row.external_id === null ? null : String(row.external_id),
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
  }
}
