import { and, asc, eq, gt, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Page, PageRequest } from '../application/ports/page.ts'
import type { ContactPoint, PendingImport, PeopleStore, Person } from '../application/ports/people-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import type { ContactMark } from '../domain/people/person.ts'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'
import { built, type Database, inJsonChunks, listOf, rowsOf, statement } from './database.ts'
import { contactPoints, importParts, imports, people } from './schema/people.ts'

type PersonRow = typeof people.$inferSelect
type PointRow = typeof contactPoints.$inferSelect

export function createPeopleStore(database: Database, vault: Vault): PeopleStore {
  const { db } = database

  const present = isNull(people.removedAt)
  const readPeople = async (where: SQL | undefined, limit: number | null): Promise<Person[]> => {
    const query = db.select().from(people).where(where).orderBy(asc(people.name), asc(people.id))
    const rows = await (limit === null ? query : query.limit(limit))
    return withPoints(rows)
  }
  const withPoints = async (rows: PersonRow[]): Promise<Person[]> => {
    const points = await db
      .select()
      .from(contactPoints)
      .where(sql`${contactPoints.personId} in ${listOf(rows.map((row) => row.id))}`)
      .orderBy(asc(contactPoints.personId), asc(contactPoints.position))
    const byPerson = Map.groupBy(points, (point) => point.personId)
    return rows.map((row) => toPerson(row, (byPerson.get(row.id) ?? []).map(toPoint)))
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
  const sealPoint = (personId: string, point: ContactPoint) => ({
    ...point,
    personId,
    sealed: vault.seal(point.address),
    hash: vault.lookUp(lookUpOf(point)),
  })
  const savePoints = (points: ReturnType<typeof sealPoint>[]) =>
    inJsonChunks(points).map((json) =>
      statement(sql`
        insert into contact_points (id, person_id, kind, address_sealed, address_hash, extension, label, position, status, marks, last_proof_at)
        select v->>'id', v->>'personId', v->>'kind', v->>'sealed', v->>'hash', v->>'extension', v->>'label',
          v->>'position', v->>'status', v->'marks', v->>'lastProofAt'
        from (select value as v from json_each(${json})) where true
        on conflict (id) do update set address_sealed = excluded.address_sealed, address_hash = excluded.address_hash,
          extension = excluded.extension, label = excluded.label, position = excluded.position,
          status = excluded.status, marks = excluded.marks, last_proof_at = excluded.last_proof_at`),
    )

  return {
    async list({ cursor, limit }: PageRequest): Promise<Page<Person>> {
      const after = decodeCursor(cursor, 2)
      const [name = '', id = ''] = after ?? []
      const where = after
        ? and(present, or(gt(people.name, name), and(eq(people.name, name), gt(people.id, id))))
        : present
      return pageOf(await readPeople(where, limit + 1), limit, (person) => encodeCursor([person.name, person.id]))
    },
    all: () => readPeople(present, null),
    find: (ids) => readPeople(and(present, sql`${people.id} in ${listOf(ids)}`), null),
    async basis() {
      const [row] = await rowsOf(
        database,
        sql`select count(*) || ' ' || coalesce(max(updated_at), 0) || ' ' || coalesce(sum(version), 0) as basis from people`,
      )
      return String(row?.basis)
    },
    save(list, now) {
      const rows = list.map(({ contactPoints: _, ...person }) => ({ ...person, now }))
      const points = list.flatMap((person) => person.contactPoints.map((point) => sealPoint(person.id, point)))
      const kept = list.map((person) => ({ id: person.id, points: person.contactPoints.map((point) => point.id) }))
      return [
        ...inJsonChunks(rows).map((json) =>
          statement(sql`
            insert into people (id, version, external_id, name, language, time_zone, groups, duty, created_at, updated_at)
            select v->>'id', v->>'version', v->>'externalId', v->>'name', v->>'language', v->>'timeZone', v->'groups',
              v->>'duty', v->>'now', v->>'now'
            from (select value as v from json_each(${json})) where true
            on conflict (id) do update set version = excluded.version, external_id = excluded.external_id,
              name = excluded.name, language = excluded.language, time_zone = excluded.time_zone,
              groups = excluded.groups, duty = excluded.duty, updated_at = excluded.updated_at, removed_at = null
            where people.version = excluded.version - 1
            returning id`),
        ),
        ...savePoints(points),
        ...inJsonChunks(kept).map((json) =>
          statement(sql`
            update contact_points set status = 'gone' where id in (
              select c.id from json_each(${json}) as k
              join contact_points c on c.person_id = k.value->>'id' and c.kind <> 'push'
              where not exists (select 1 from json_each(k.value->'points') as p where p.value = c.id))`),
        ),
      ]
    },
    remove: (id, version, now) => [
      statement(sql`update people set removed_at = ${now}, updated_at = ${now}, version = version + 1, external_id = null
        where id = ${id} and version = ${version} and removed_at is null returning id`),
    ],
    saveContactPoint(personId, point) {
      const [saved] = savePoints([sealPoint(personId, point)])
      if (!saved) throw new Error('no statement for a contact point')
      return saved
    },
    markGone: (ids) => statement(sql`update contact_points set status = 'gone' where id in ${listOf(ids)}`),
    async import(id) {
      const [row] = await db.select().from(imports).where(eq(imports.id, id))
      if (!row) return null
      const parts = await db
        .select({ sealed: importParts.sealed })
        .from(importParts)
        .where(eq(importParts.importId, id))
        .orderBy(asc(importParts.number))
      const file = fromBase64(parts.map((part) => vault.open(part.sealed)))
      return { id, basis: row.basis, refused: row.refused, treeName: row.treeName, file, appliedAt: row.appliedAt }
    },
    saveImport: ({ file, ...pending }: PendingImport & { createdAt: number; createdBy: string }) => [
      built(db.insert(imports).values(pending)),
      ...toBase64(file).map((part, number) =>
        built(db.insert(importParts).values({ importId: pending.id, number, sealed: vault.seal(part) })),
      ),
    ],
    markImportApplied: (id, now) =>
      statement(sql`update imports set applied_at = ${now} where id = ${id} and applied_at is null returning id`),
    optOut: (address, sender, now) =>
      statement(sql`insert into opt_outs (address_hash, sender, at) values (${vault.lookUp(address)}, ${sender}, ${now})
        on conflict do nothing`),
    optIn: (address, sender) =>
      statement(sql`delete from opt_outs where address_hash = ${vault.lookUp(address)} and sender = ${sender}`),
  }
}

/** What an address is found by: for push its endpoint, since the keys beside it may change. */
function lookUpOf(point: ContactPoint): string {
  return point.kind === 'push' ? (JSON.parse(point.address) as { endpoint: string }).endpoint : point.address
}

const PART = 600_000

/** A file as base64, a piece of it per database value. */
function toBase64(bytes: Uint8Array): string[] {
  const parts: string[] = []
  for (let start = 0; start < bytes.length; start += PART) {
    let binary = ''
    const part = bytes.subarray(start, start + PART)
    for (let i = 0; i < part.length; i += 8192) binary += String.fromCharCode(...part.subarray(i, i + 8192))
    parts.push(btoa(binary))
  }
  return parts
}

function fromBase64(parts: readonly string[]): Uint8Array {
  const pieces = parts.map((part) => Uint8Array.from(atob(part), (char) => char.charCodeAt(0)))
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0))
  let offset = 0
  for (const piece of pieces) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
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
    contactPoints: points.filter((point) => point.status !== 'gone'),
  }
}
