import { sql } from 'drizzle-orm'
import type { PointRecord, ReachStore } from '../application/ports/reach-store.ts'
import type { ContactKind, ContactStatus } from '../domain/people/person.ts'
import { type Database, rowsOf } from './database.ts'

/** People looked at a time. */
const PAGE = 2_000

export function createReachStore(database: Database): ReachStore {
  return {
    async *points() {
      for (let after = ''; ; ) {
        const rows = await rowsOf(
          database,
          sql`with some as (select id, time_zone, away_until from people where removed_at is null and id > ${after} order by id limit ${PAGE})
            select some.id as person, some.time_zone, some.away_until, c.id, c.kind, c.status, c.label, c.address_hash, c.last_proof_at,
              (select json_group_array(o.sender) from opt_outs o
                where o.address_hash = c.address_hash and o.sender like '%/' || c.kind) as stopped
            from some left join contact_points c on c.person_id = some.id and c.status <> 'gone'
            order by some.id, c.position`,
        )
        const last = rows.at(-1)
        if (!last) return
        yield rows.filter((row) => row.id !== null).map(toPoint)
        after = String(last.person)
      }
    },
  }
}

function toPoint(row: Record<string, unknown>): PointRecord {
  return {
    id: String(row.id),
    person: String(row.person),
    timeZone: row.time_zone === null ? null : String(row.time_zone),
    awayUntil: row.away_until === null ? null : Number(row.away_until),
    kind: row.kind as ContactKind,
    status: row.status as ContactStatus,
    label: String(row.label),
    addressHash: String(row.address_hash),
    lastProofAt: row.last_proof_at === null ? null : Number(row.last_proof_at),
    stopped: JSON.parse(String(row.stopped)) as string[],
  }
}
