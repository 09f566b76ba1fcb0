import { sql } from 'drizzle-orm'
import type { ContactPoint, PeopleStore, PersonVersion } from '../application/ports/people-store.ts'
import type { Statement } from '../application/ports/statement.ts'
import type { Vault } from '../application/ports/vault.ts'
import type { ContactKind, ContactMark, ContactStatus } from '../domain/people/person.ts'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'
import { type Database, inJsonChunks, listOf, rowsIn, rowsOf, statement } from './database.ts'

/** Keeps what people are before they become something else; stands before what changes them and their contact points. */
export function keepVersions(
  leaving: readonly { id: string; version: number }[],
  now: number,
  whom: 'present' | 'anybody',
): Statement[] {
  const there = whom === 'present' ? sql`p.removed_at is null` : sql`true`
  return inJsonChunks(leaving.map(({ id, version }) => ({ id, version }))).map((json) =>
    statement(sql`
      insert into person_versions (person_id, version, at, until, by, removed, external_id, name, language, time_zone,
        groups, duty, away_until, points)
      select p.id, p.version, p.updated_at, max(p.updated_at + 1, ${now}), p.updated_by, p.removed_at is not null,
        p.external_id, p.name, p.language, p.time_zone, p.groups, p.duty, p.away_until,
        (select json_group_array(json_array(c.id, c.label)) from (select id, label from contact_points
          where person_id = p.id and kind <> 'push' and status <> 'gone' order by position) as c)
      from ${rowsIn(json)} as given join people p on p.id = v->>'id' and p.version = v->>'version' and ${there}`),
  )
}

const COLUMNS = sql`person_id, version, at, by, removed, external_id, name, language, time_zone, groups, duty, away_until, points`

const PRESENT = sql`select p.id as person_id, p.version, p.updated_at as at, p.updated_by as by,
  p.removed_at is not null as removed, p.external_id, p.name, p.language, p.time_zone, p.groups, p.duty, p.away_until,
  (select json_group_array(json_array(c.id, c.label)) from (select id, label from contact_points
    where person_id = p.id and kind <> 'push' and status <> 'gone' order by position) as c) as points
  from people p`

type Row = Record<string, unknown>

export function readVersions(database: Database, vault: Vault): Pick<PeopleStore, 'versions' | 'changedSince'> {
  const withPoints = async (rows: readonly Row[]): Promise<PersonVersion[]> => {
    const listed = rows.map((row) => JSON.parse(String(row.points)) as [id: string, label: string][])
    const ids = [...new Set(listed.flat().map(([id]) => id))]
    const found = await rowsOf(database, sql`select * from contact_points where id in ${listOf(ids)}`)
    const points = new Map(found.map((row) => [String(row.id), row]))
    return rows.map((row, index) => toVersion(row, listed[index] ?? [], points, vault))
  }
  return {
    async versions(id) {
      const rows = await rowsOf(
        database,
        sql`${PRESENT} where p.id = ${id}
          union all select ${COLUMNS} from person_versions where person_id = ${id} order by 2 desc`,
      )
      return withPoints(rows)
    },
    async changedSince(time, { cursor, limit }) {
      const [after = ''] = decodeCursor(cursor, 1) ?? []
      const rows = await rowsOf(
        database,
        sql`${PRESENT} where p.updated_at > ${time} and p.id > ${after} order by p.id limit ${limit + 1}`,
      )
      const { items, nextCursor } = pageOf([...rows], limit, (row) => encodeCursor([String(row.person_id)]))
      const earlier = await rowsOf(
        database,
        sql`select ${COLUMNS} from person_versions
          where person_id in ${listOf(items.map((row) => String(row.person_id)))} and at <= ${time} and until > ${time}`,
      )
      const was = new Map((await withPoints(earlier)).map((version) => [version.person.id, version]))
      const now = await withPoints(items)
      return { items: now.map((version) => ({ was: was.get(version.person.id) ?? null, now: version })), nextCursor }
    },
  }
}

function toVersion(
  row: Row,
  listed: readonly [id: string, label: string][],
  points: ReadonlyMap<string, Row>,
  vault: Vault,
): PersonVersion {
  const contactPoints = listed.flatMap(([id, label], position): ContactPoint[] => {
    const point = points.get(id)
    return point ? [{ ...toPoint(point, vault), label, position }] : []
  })
  return {
    person: {
      id: String(row.person_id),
      version: Number(row.version),
      externalId: textOf(row.external_id),
      name: String(row.name),
      language: String(row.language),
      timeZone: textOf(row.time_zone),
      groups: JSON.parse(String(row.groups)) as string[],
      duty: textOf(row.duty),
      awayUntil: row.away_until === null ? null : Number(row.away_until),
      contactPoints,
    },
    at: Number(row.at),
    by: String(row.by),
    removed: row.removed === 1,
  }
}

function toPoint(row: Row, vault: Vault): ContactPoint {
  return {
    id: String(row.id),
    kind: row.kind as ContactKind,
    address: vault.open(String(row.address_sealed)),
    extension: textOf(row.extension),
    label: String(row.label),
    position: Number(row.position),
    status: row.status as ContactStatus,
    marks: JSON.parse(String(row.marks)) as ContactMark[],
    lastProofAt: row.last_proof_at === null ? null : Number(row.last_proof_at),
  }
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}
