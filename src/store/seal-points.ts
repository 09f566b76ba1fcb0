import { type SQL, sql } from 'drizzle-orm'
import type { ContactPoint } from '../application/ports/people-store.ts'
import type { Statement } from '../application/ports/statement.ts'
import type { Vault } from '../application/ports/vault.ts'
import { inJsonChunks, rowsIn, statement } from './database.ts'

export interface OwnedPoint {
  personId: string
  /** The person's version before this change; 0 for somebody new. */
  was: number
  point: ContactPoint
}

/** What becomes of a contact point that is there already: a keeper arranges them, also as they were once, its device replaces it whole. */
type Overwrite = 'arranged' | 'replaced' | 'brought_back'

const OVERWRITTEN: Record<Overwrite, SQL> = {
  // Status and proof belong to what carriers report, also what they report while a keeper types.
  arranged: sql`label = excluded.label, position = excluded.position`,
  brought_back: sql`label = excluded.label, position = excluded.position,
    status = iif(status = 'gone', 'unverified', status)`,
  replaced: sql`address_sealed = excluded.address_sealed, address_hash = excluded.address_hash, label = excluded.label,
    status = excluded.status`,
}

/**
 * An address that several points share is sealed once: that they share it shows in what it is found by.
 */
function makeSealer(vault: Vault): (point: ContactPoint) => { sealed: string; found: string } {
  const known = new Map<string, { sealed: string; found: string }>()
  return (point) => {
    const earlier = known.get(point.address)
    if (earlier) return earlier
    const one = { sealed: vault.seal(point.address), found: vault.lookUp(lookUpOf(point)) }
    // What a device is found by is part of its address only.
    if (point.kind !== 'push') known.set(point.address, one)
    return one
  }
}

/**
 * Statements that write contact points with their addresses sealed. A point is a JSON array, in the order of the columns
 * and with the person's earlier version behind them: SQLite takes a third less time over it than over names.
 *
 * @param guard may name {@link POINT}
 */
export function writePoints(vault: Vault, owned: readonly OwnedPoint[], overwrite: Overwrite, guard: SQL): Statement[] {
  const seal = makeSealer(vault)
  const rows = owned.map(({ personId, was, point }) => {
    const { sealed, found } = seal(point)
    return [
      point.id,
      personId,
      point.kind,
      sealed,
      found,
      point.extension,
      point.label,
      point.position,
      point.status,
      JSON.stringify(point.marks),
      point.lastProofAt,
      was,
    ]
  })
  return inJsonChunks(rows).map((json) =>
    statement(sql`
      insert into contact_points (id, person_id, kind, address_sealed, address_hash, extension, label, position, status, marks, last_proof_at)
      select v->>0, v->>1, v->>2, v->>3, v->>4, v->>5, v->>6, v->>7, v->>8, v->>9, v->>10
      from ${rowsIn(json)} where ${guard}
      on conflict (id) do update set ${OVERWRITTEN[overwrite]}`),
  )
}

/** Of the point that is being written. */
export const POINT = { personId: sql`v->>1`, was: sql`v->>11` }

/** What an address is found by: for push its endpoint, since the keys beside it may change. */
function lookUpOf(point: Pick<ContactPoint, 'kind' | 'address'>): string {
  return point.kind === 'push' ? (JSON.parse(point.address) as { endpoint: string }).endpoint : point.address
}
