import { type SQL, sql } from 'drizzle-orm'
import type { Check, CheckedPoint, CheckStore } from '../application/ports/check-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import type { ContactKind } from '../domain/people/person.ts'
import type { CheckState } from '../domain/reach/check.ts'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'
import { type Database, inJsonChunks, listOf, rowsIn, rowsOf, statement } from './database.ts'

const OPEN = sql`('waiting', 'sent')`

export function createCheckStore(database: Database, vault: Vault): CheckStore {
  const read = async (rest: SQL): Promise<CheckedPoint[]> => {
    const rows = await rowsOf(
      database,
      sql`select k.*, p.name, p.language, p.time_zone, p.away_until, c.last_proof_at, c.kind, c.address_sealed, c.extension,
          p.removed_at is null and c.status <> 'gone' as present,
          exists (select 1 from recipients r join alerts a on a.id = r.alert_id and a.state = 'open'
            where r.person_id = k.person_id) as alerted,
          (select json_group_array(o.sender) from opt_outs o
            where o.address_hash = c.address_hash and o.sender like '%/' || c.kind) as stopped
        from checks k join people p on p.id = k.person_id join contact_points c on c.id = k.contact_point_id ${rest}`,
    )
    return rows.map((row) => toCheckedPoint(row, vault))
  }
  return {
    add: (list, by, now) =>
      inJsonChunks(list.map(({ token, ...check }) => ({ ...check, linkHash: vault.hashSecret(token) }))).map((json) =>
        statement(sql`
          insert into checks (id, person_id, contact_point_id, state, code, link_hash, created_at, created_by, by_hand, known, due_at, expires_at)
          select v->>'id', c.person_id, c.id, 'waiting', v->>'code', v->>'linkHash', ${now}, ${by}, v->>'byHand', c.last_proof_at is not null, v->>'dueAt', v->>'expiresAt'
          from ${rowsIn(json)} join contact_points c on c.id = v->>'contactPointId' and c.status <> 'gone' where true
          on conflict do nothing returning id`),
      ),
    async list({ cursor, limit, state }) {
      const [before] = decodeCursor(cursor, 1) ?? []
      const within = state === null ? sql`true` : sql`k.state = ${state}`
      const after = before === undefined ? sql`true` : sql`k.id < ${before}`
      const rows = await read(sql`where ${within} and ${after} order by k.id desc limit ${limit + 1}`)
      return pageOf(rows, limit, ({ id }) => encodeCursor([id]))
    },
    find: async (id) => (await read(sql`where k.id = ${id}`))[0] ?? null,
    byToken: async (token, now) =>
      (await read(sql`where k.link_hash = ${vault.hashSecret(token)} and k.expires_at > ${now}`))[0] ?? null,
    byAddress: (address, since) =>
      read(sql`where c.address_hash = ${vault.lookUp(address)} and k.sent_at is not null
        and (k.state = 'sent' or k.ended_at > ${since}) order by k.id desc`),
    async claim(now, until, limit) {
      const [claimed] = await database.commit([
        statement(sql`
          update checks set claimed_until = ${until}, attempts = attempts + 1 where id in (
            select id from checks where state = 'waiting' and due_at <= ${now}
              and (claimed_until is null or claimed_until <= ${now}) order by due_at limit ${limit})
          returning id`),
      ])
      const ids = (claimed ?? []).map((row) => String(row.id))
      return ids.length === 0 ? [] : read(sql`where k.id in ${listOf(ids)} order by k.due_at`)
    },
    markSent: (id, carrier, providerId, now) =>
      statement(sql`update checks set state = 'sent', carrier = ${carrier}, provider_id = ${providerId}, sent_at = ${now},
        claimed_until = null, reason = null where id = ${id} and state = 'waiting'`),
    putOff: (id, dueAt, reason) =>
      statement(sql`update checks set due_at = ${dueAt}, claimed_until = null, reason = ${reason}
        where id = ${id} and state = 'waiting'`),
    end: (id, state, reason, now) => [
      statement(sql`update checks set state = ${state}, reason = ${reason}, ended_at = ${now}, claimed_until = null
        where id = ${id} and state in ${OPEN}`),
      statement(sql`update contact_points set status = 'failing'
        where ${state} = 'failed' and changes() > 0 and status <> 'gone'
          and id = (select contact_point_id from checks where id = ${id})`),
    ],
    expire: (now) =>
      statement(sql`update checks set state = 'expired', ended_at = ${now}, claimed_until = null
        where state in ${OPEN} and expires_at <= ${now}`),
    // An answer after its time proves the address all the same, only this check is over.
    prove: (id, now) => [
      statement(sql`update contact_points set last_proof_at = max(coalesce(last_proof_at, 0), ${now}), status = 'verified'
        where status <> 'gone' and person_id = (select person_id from checks where id = ${id})
          and (address_hash, coalesce(extension, '')) = (select c.address_hash, coalesce(c.extension, '')
            from checks k join contact_points c on c.id = k.contact_point_id where k.id = ${id})
          and (status <> 'failing' or id = (select contact_point_id from checks where id = ${id}))`),
      statement(sql`update checks set state = 'proven', ended_at = ${now}, claimed_until = null
        where id = ${id} and state <> 'proven' returning id`),
    ],
    drop: (ids, now) =>
      statement(sql`update checks set state = 'dropped', ended_at = ${now}, claimed_until = null
        where state = 'waiting' and ${ids === null ? sql`true` : sql`id in ${listOf(ids)}`} returning id`),
    saveLink: ({ token, personId, by, createdAt, expiresAt }) =>
      statement(sql`insert into details_links (token_hash, person_id, created_at, created_by, expires_at)
        values (${vault.hashSecret(token)}, ${personId}, ${createdAt}, ${by}, ${expiresAt})`),
    endLinks: (now) => statement(sql`update details_links set expires_at = ${now} where expires_at > ${now}`),
    async personByLink(token, now) {
      const [row] = await rowsOf(
        database,
        sql`select l.person_id from details_links l join people p on p.id = l.person_id and p.removed_at is null
          where l.token_hash = ${vault.hashSecret(token)} and l.expires_at > ${now}`,
      )
      return row ? String(row.person_id) : null
    },
  }
}

function toCheckedPoint(row: Record<string, unknown>, vault: Vault): CheckedPoint {
  const check: Check = {
    id: String(row.id),
    personId: String(row.person_id),
    contactPointId: String(row.contact_point_id),
    state: row.state as CheckState,
    code: String(row.code),
    createdAt: Number(row.created_at),
    byHand: row.by_hand === 1,
    known: row.known === 1,
    dueAt: Number(row.due_at),
    expiresAt: Number(row.expires_at),
    attempts: Number(row.attempts),
    carrier: textOf(row.carrier),
    sentAt: numberOf(row.sent_at),
    endedAt: numberOf(row.ended_at),
    reason: textOf(row.reason),
  }
  return {
    ...check,
    name: String(row.name),
    language: String(row.language),
    timeZone: textOf(row.time_zone),
    awayUntil: numberOf(row.away_until),
    lastProofAt: numberOf(row.last_proof_at),
    alerted: row.alerted === 1,
    kind: row.kind as ContactKind,
    address: vault.open(String(row.address_sealed)),
    extension: textOf(row.extension),
    present: row.present === 1,
    stopped: JSON.parse(String(row.stopped)) as string[],
  }
}

function textOf(value: unknown): string | null {
  return value === null ? null : String(value)
}

function numberOf(value: unknown): number | null {
  return value === null ? null : Number(value)
}
