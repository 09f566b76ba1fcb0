import { and, asc, isNull, type SQL, sql } from 'drizzle-orm'
import type { ContactPoint, PeopleStore, Person } from '../application/ports/people-store.ts'
import type { Statement } from '../application/ports/statement.ts'
import type { Vault } from '../application/ports/vault.ts'
import type { ContactMark } from '../domain/people/person.ts'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'
import { type Database, failUnless, inJsonChunks, listOf, rowsIn, rowsOf, statement } from './database.ts'
import { createPendingImports } from './pending-imports.ts'
import { BASIS } from './people-basis.ts'
import { keepVersions, readVersions } from './person-versions.ts'
import { contactPoints, people } from './schema/people.ts'
import { type OwnedPoint, POINT, writePoints } from './seal-points.ts'
import { takeOutOfAlerts, watchAlerted } from './take-out-of-alerts.ts'

type PersonRow = typeof people.$inferSelect
type PointRow = typeof contactPoints.$inferSelect

/** People read at a time: their ids fit one bound value many times over, and opening their addresses takes some 30 ms. */
const PAGE = 1_000

export function createPeopleStore(database: Database, vault: Vault): PeopleStore {
  const { db } = database
  const present = isNull(people.removedAt)

  const readPeople = async (where: SQL | undefined, limit: number): Promise<Person[]> =>
    withPoints(await db.select().from(people).where(where).orderBy(asc(people.name), asc(people.id)).limit(limit))
  const readAfter = (after: readonly string[] | null, limit: number) =>
    readPeople(after ? and(present, sql`(name, id) > (${after[0]}, ${after[1]})`) : present, limit)
  const withPoints = async (rows: PersonRow[]): Promise<Person[]> => {
    const points = await db
      .select()
      .from(contactPoints)
      .where(sql`${contactPoints.personId} in ${listOf(rows.map((row) => row.id))}`)
      .orderBy(asc(contactPoints.personId), asc(contactPoints.position))
    const byPerson = Map.groupBy(points, (point) => point.personId)
    return rows.map((row) =>
      toPerson(row, (byPerson.get(row.id) ?? []).filter(({ status }) => status !== 'gone').map(toPoint)),
    )
  }
  const toPoint = (row: PointRow): ContactPoint => ({
    id: row.id,
    kind: row.kind,
    address: vault.open(row.addressSealed),
    extension: row.extension,
    label: row.label,
    position: row.position,
    status: row.status,
    marks: row.marks as ContactMark[],
    lastProofAt: row.lastProofAt,
  })
  async function* pages() {
    for (let after: string[] | null = null; ; ) {
      const page: Person[] = await readAfter(after, PAGE)
      if (page.length > 0) yield page
      const last = page.at(-1)
      if (!last || page.length < PAGE) return
      after = [last.name, last.id]
    }
  }

  return {
    ...createPendingImports(database, vault),
    ...readVersions(database, vault),
    ...watchAlerted(database),
    async list({ cursor, limit }) {
      const found = await readAfter(decodeCursor(cursor, 2), limit + 1)
      return pageOf(found, limit, (person) => encodeCursor([person.name, person.id]))
    },
    pages,
    async all() {
      const everybody: Person[] = []
      for await (const page of pages()) everybody.push(...page)
      return everybody
    },
    async find(ids) {
      const found: Person[] = []
      for (let start = 0; start < ids.length; start += PAGE) {
        const some = ids.slice(start, start + PAGE)
        found.push(...(await readPeople(and(present, sql`${people.id} in ${listOf(some)}`), PAGE)))
      }
      return found
    },
    async namesOf(ids) {
      const rows = await db
        .select({ id: people.id, name: people.name })
        .from(people)
        .where(sql`${people.id} in ${listOf(ids)}`)
      return new Map(rows.map((row) => [row.id, row.name]))
    },
    async addresses(contactPointIds) {
      const rows = await db
        .select({ id: contactPoints.id, sealed: contactPoints.addressSealed })
        .from(contactPoints)
        .where(sql`${contactPoints.id} in ${listOf(contactPointIds)}`)
      const found = rows.flatMap(({ id, sealed }) => {
        try {
          return [[id, vault.open(sealed)] as const]
        } catch {
          return []
        }
      })
      return new Map(found)
    },
    async *names() {
      for (let after = ''; ; ) {
        const page = await db
          .select({ id: people.id, externalId: people.externalId, name: people.name, groups: people.groups })
          .from(people)
          .where(and(present, sql`id > ${after}`))
          .orderBy(asc(people.id))
          .limit(10 * PAGE)
        if (page.length > 0) yield page
        const last = page.at(-1)
        if (!last) return
        after = last.id
      }
    },
    async basis() {
      const [row] = await rowsOf(database, sql`select ${BASIS} as basis`)
      return String(row?.basis)
    },
    requireBasis: (basis) => failUnless(sql`${BASIS} = ${basis}`),
    add: (list, now, by) => [
      ...inJsonChunks(list.map(rowOf)).map((json) =>
        statement(sql`
          insert into people (id, version, external_id, name, language, time_zone, groups, duty, away_until, created_at, updated_at, updated_by)
          select v->>'id', 1, v->>'externalId', v->>'name', v->>'language', v->>'timeZone', v->'groups',
            v->>'duty', v->>'awayUntil', ${now}, ${now}, ${by}
          from ${rowsIn(json)} where true`),
      ),
      ...writePoints(vault, pointsOf(list), 'arranged', sql`true`),
    ],
    change: (list, now, by) => writeNext(vault, list, now, by, 'present'),
    bringBack: (list, now, by) => writeNext(vault, list, now, by, 'anybody'),
    remove: (leaving, now, by) => [
      ...keepVersions(leaving, now, 'present'),
      ...takeOutOfAlerts(leaving, now, by),
      ...inJsonChunks(leaving).map((json) =>
        statement(sql`update people set removed_at = ${now}, updated_at = max(people.updated_at + 1, ${now}), updated_by = ${by},
            version = people.version + 1, external_id = null
          from ${rowsIn(json)} as given
          where people.id = v->>'id' and people.version = v->>'version' and people.removed_at is null returning people.id`),
      ),
    ],
    async words(id) {
      const [row] = await rowsOf(database, sql`select word_series, words_used from people where id = ${id}`)
      return row ? { series: Number(row.word_series), used: Number(row.words_used) } : null
    },
    renewWords: (id, series) =>
      statement(sql`update people set word_series = word_series + 1
        where id = ${id} and word_series = ${series} and removed_at is null returning id`),
    saveContactPoint(personId, point) {
      const guard = sql`exists (select 1 from people where id = ${personId} and removed_at is null)`
      const [saved] = writePoints(vault, [{ personId, was: 0, point }], 'replaced', guard)
      if (!saved) throw new Error('no statement for a contact point')
      return saved
    },
    markSeen: (id, now) =>
      statement(sql`update contact_points set last_seen_at = max(coalesce(last_seen_at, 0), ${now}),
        status = iif(status = 'failing', 'verified', status) where id = ${id} and kind = 'push'`),
    giveUpSilentPush: (since) =>
      statement(sql`update contact_points set status = 'failing' where kind = 'push' and status = 'verified'
        and last_seen_at < ${since} and coalesce(last_proof_at, 0) < ${since} returning id`),
    markGone: (ids) => statement(sql`update contact_points set status = 'gone' where id in ${listOf(ids)}`),
    optOut: (address, sender, now) =>
      statement(sql`insert into opt_outs (address_hash, sender, at) values (${vault.lookUp(address)}, ${sender}, ${now})
        on conflict do nothing`),
    optIn: (address, sender) =>
      statement(sql`delete from opt_outs where address_hash = ${vault.lookUp(address)} and sender = ${sender}`),
  }
}

/** Whom a change may concern: those who are there, or also those who were taken out and come back. */
type Whom = 'present' | 'anybody'

/** What hangs on a person is written first: its guard looks at the version that the last statement moves on. */
function writeNext(vault: Vault, list: readonly Person[], now: number, by: string, whom: Whom): Statement[] {
  const guard = sql`exists (${personAt(POINT.personId, POINT.was, whom)})`
  return [
    ...keepVersions(
      list.map(({ id, version }) => ({ id, version: version - 1 })),
      now,
      whom,
    ),
    ...writePoints(vault, pointsOf(list), whom === 'present' ? 'arranged' : 'brought_back', guard),
    ...dropOtherPoints(list, whom),
    ...(whom === 'present' ? [] : letGoOfExternalIds(list)),
    ...inJsonChunks(list.map(rowOf)).map((json) =>
      statement(sql`
        update people set version = v->>'version', external_id = v->>'externalId', name = v->>'name',
          language = v->>'language', time_zone = v->>'timeZone', groups = v->'groups', duty = v->>'duty',
          away_until = v->>'awayUntil', updated_at = max(people.updated_at + 1, ${now}), updated_by = ${by}, removed_at = null
        from ${rowsIn(json)} as given
        where people.id = v->>'id' and people.version = v->>'version' - 1 and ${isThere(whom)}
        returning people.id`),
    ),
  ]
}

/** Two people may have swapped theirs, and each is unique at every moment. */
function letGoOfExternalIds(list: readonly Person[]): Statement[] {
  return inJsonChunks(list.map(({ id, version }) => ({ id, was: version - 1 }))).map((json) =>
    statement(sql`update people set external_id = null from ${rowsIn(json)} as given
      where people.id = v->>'id' and people.version = v->>'was'`),
  )
}

function isThere(whom: Whom): SQL {
  return whom === 'present' ? sql`people.removed_at is null` : sql`true`
}

/** The person, if they are as they were read. */
function personAt(id: SQL, version: SQL, whom: Whom): SQL {
  return sql`select 1 from people where id = ${id} and version = ${version} and ${isThere(whom)}`
}

/** Push devices are left alone: they are their owner's, and more may have come meanwhile. */
function dropOtherPoints(list: readonly Person[], whom: Whom): Statement[] {
  const kept = list.map(({ id, version, contactPoints: points }) => ({
    id,
    was: version - 1,
    points: points.map((point) => point.id),
  }))
  return inJsonChunks(kept).map((json) =>
    statement(sql`
      update contact_points set status = 'gone' where id in (
        select c.id from json_each(${json}) as k
        join contact_points c on c.person_id = k.value->>'id' and c.kind <> 'push'
        where exists (${personAt(sql`k.value->>'id'`, sql`k.value->>'was'`, whom)})
          and not exists (select 1 from json_each(k.value->'points') as p where p.value = c.id))`),
  )
}

function pointsOf(list: readonly Person[]): OwnedPoint[] {
  return list.flatMap(({ id, version, contactPoints: points }) =>
    points.map((point) => ({ personId: id, was: version - 1, point })),
  )
}

function rowOf({ contactPoints: _, ...person }: Person) {
  return person
}

function toPerson(row: PersonRow, points: ContactPoint[]): Person {
  return {
    id: row.id,
    version: row.version,
    externalId: row.externalId,
    name: row.name,
    language: row.language,
    timeZone: row.timeZone,
    groups: row.groups,
    duty: row.duty,
    awayUntil: row.awayUntil,
    contactPoints: points,
  }
}
