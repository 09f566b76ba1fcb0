import { type SQL, sql } from 'drizzle-orm'
import type { DirectoryStore, DirectoryUser } from '../application/ports/directory-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import type { Resource } from '../domain/directory/attributes.ts'
import { foldCase } from '../domain/directory/match-filter.ts'
import { type Database, failUnless, listOf, rowsOf, statement } from './database.ts'
import { createDirectoryGroups, VISIBLE } from './directory-groups.ts'
import { createDirectoryRemovals } from './directory-removals.ts'

const ROW = sql`select d.*, p.removed_at is null as present from directory_users d join people p on p.id = d.person_id`

export function createDirectoryStore(database: Database, vault: Vault): DirectoryStore {
  const read = async (query: SQL) => (await rowsOf(database, query)).map(toUser)
  const toUser = (row: Record<string, unknown>): DirectoryUser => {
    const user = JSON.parse(vault.open(String(row.sealed))) as Resource
    return {
      id: String(row.person_id),
      version: Number(row.version),
      userName: String(user.userName),
      externalId: row.external_id === null ? null : String(row.external_id),
      state: row.state as DirectoryUser['state'],
      user,
      points: JSON.parse(String(row.points)) as string[],
      createdAt: Number(row.created_at),
      updatedAt: Number(row.updated_at),
      present: row.present === 1,
    }
  }
  const hashOf = (userName: string) => vault.lookUp(`user name ${foldCase(userName)}`)
  return {
    ...createDirectoryGroups(database, vault),
    ...createDirectoryRemovals(database),
    async user(by) {
      const where =
        'id' in by
          ? sql`d.person_id = ${by.id}`
          : 'userName' in by
            ? sql`d.user_name_hash = ${hashOf(by.userName)}`
            : sql`d.external_id = ${by.externalId}`
      return (await read(sql`${ROW} where ${where}`))[0] ?? null
    },
    users(from, limit) {
      if ('skip' in from) {
        return read(sql`${ROW} where ${VISIBLE} order by d.person_id limit ${limit} offset ${from.skip}`)
      }
      return read(sql`${ROW} where ${VISIBLE} and d.person_id > ${from.after} order by d.person_id limit ${limit}`)
    },
    async countUsers() {
      const query = sql`select count(*) as n from directory_users d join people p on p.id = d.person_id where ${VISIBLE}`
      return Number((await rowsOf(database, query))[0]?.n ?? 0)
    },
    async strangers(by) {
      const where =
        'externalId' in by
          ? sql`p.external_id = ${by.externalId}`
          : sql`p.id in (select c.person_id from contact_points c where c.status <> 'gone'
              and c.address_hash in ${listOf(by.addresses.map((address) => vault.lookUp(address)))})`
      const rows = await rowsOf(
        database,
        sql`select p.id from people p where ${where} and p.removed_at is null
          and not exists (select 1 from directory_users d where d.person_id = p.id) limit 20`,
      )
      return rows.map((row) => String(row.id))
    },
    async holderOf(externalId) {
      const [row] = await rowsOf(database, sql`select id from people where external_id = ${externalId}`)
      return row ? String(row.id) : null
    },
    requirePeople: (people) =>
      failUnless(sql`not exists (select 1
        from json_each(${JSON.stringify(people.map(({ id, version }) => ({ id, version })))}) as g
        left join people p on p.id = g.value->>'id' and p.version = g.value->>'version'
        where p.id is null)`),
    requireUser: (id, version) =>
      failUnless(
        version === 0
          ? sql`not exists (select 1 from directory_users where person_id = ${id})`
          : sql`exists (select 1 from directory_users where person_id = ${id} and version = ${version})`,
      ),
    saveUser: ({ id, version, userName, externalId, state, user, points, createdAt, updatedAt }) =>
      statement(sql`insert into directory_users
          (person_id, version, user_name_hash, external_id, state, sealed, points, created_at, updated_at)
        values (${id}, ${version}, ${hashOf(userName)}, ${externalId}, ${state}, ${vault.seal(JSON.stringify(user))},
          ${JSON.stringify(points)}, ${createdAt}, ${updatedAt})
        on conflict (person_id) do update set version = excluded.version, user_name_hash = excluded.user_name_hash,
          external_id = excluded.external_id, state = excluded.state, sealed = excluded.sealed, points = excluded.points,
          updated_at = excluded.updated_at`),
  }
}
