import { type SQL, sql } from 'drizzle-orm'
import type { ContactPoint } from '../application/ports/people-store.ts'
import type { Statement } from '../application/ports/statement.ts'
import type { Vault } from '../application/ports/vault.ts'
import { inJsonChunks, statement } from './database.ts'

export interface OwnedPoint {
  personId: string
  /** The person's version before this change; 0 for somebody new. */
  was: number
  point: ContactPoint
}

/** What becomes of a contact point that is there already: a keeper arranges them, its device replaces it whole. */
type Overwrite = 'arranged' | 'replaced'

const OVERWRITTEN: Record<Overwrite, SQL> = {
  // Status and proof belong to what carriers report, also what they report while a keeper types.
  arranged: sql`label = excluded.label, position = excluded.position`,
  replaced: sql`address_sealed = excluded.address_sealed, address_hash = excluded.address_hash, label = excluded.label,
    status = excluded.status`,
}

/** Statements that write contact points with their addresses sealed; `guard` may name the JSON value `v` of a point. */
export function writePoints(vault: Vault, owned: readonly OwnedPoint[], overwrite: Overwrite, guard: SQL): Statement[] {
  const rows = owned.map(({ personId, was, point: { address, ...point } }) => ({
    ...point,
    personId,
    was,
    sealed: vault.seal(address),
    hash: vault.lookUp(lookUpOf({ ...point, address })),
  }))
  return inJsonChunks(rows).map((json) =>
    statement(sql`
      insert into contact_points (id, person_id, kind, address_sealed, address_hash, extension, label, position, status, marks, last_proof_at)
      select v->>'id', v->>'personId', v->>'kind', v->>'sealed', v->>'hash', v->>'extension', v->>'label',
        v->>'position', v->>'status', v->'marks', v->>'lastProofAt'
      from (select value as v from json_each(${json})) where ${guard}
      on conflict (id) do update set ${OVERWRITTEN[overwrite]}`),
  )
}

/** What an address is found by: for push its endpoint, since the keys beside it may change. */
function lookUpOf(point: Pick<ContactPoint, 'kind' | 'address'>): string {
  return point.kind === 'push' ? (JSON.parse(point.address) as { endpoint: string }).endpoint : point.address
}
