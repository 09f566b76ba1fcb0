import { type SQL, sql } from 'drizzle-orm'
import type { AlertStore } from '../application/ports/alert-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import type { Alert } from '../domain/alerts/alert.ts'
import type { Because } from '../domain/strategies/decision.ts'
import { isLifeSafety } from '../domain/strategies/strategy-rules.ts'
import { type Database, inJsonChunks, rowsIn, rowsOf, statement } from './database.ts'
import { MISSED } from './end-alert.ts'

/**
 * Whether a person `p` with a place `v` need not wait until the alert's strategy decides: in a broadcast everybody, where
 * it goes down trees those with whom they begin, but nobody who is away.
 */
function startsAtOnce({ kind, manifest: { template }, raisedAt }: Alert): SQL {
  if (template.strategy === 'quorum') return sql`0`
  const reachesAway = isLifeSafety({ kind, severity: template.severity })
  const begins = template.strategy === 'broadcast' ? sql`1` : sql`v->>6`
  return reachesAway ? begins : sql`${begins} and coalesce(p.away_until, 0) <= ${raisedAt}`
}

/**
 * Turns the frozen audience into recipients, a range at a time, so that the first message leaves at once.
 * The places of all trees of an alert form one line of numbers; nothing that happens later changes it.
 */
export function createAudienceStore(database: Database, vault: Vault): Pick<AlertStore, 'places' | 'seats' | 'seat'> {
  return {
    async places(alert) {
      const [row] = await rowsOf(
        database,
        sql`select sum((select max(position) + 1 from tree_nodes
            where tree_id = t.value->>'id' and version = t.value->>'version')) as places
          from json_each(${JSON.stringify(alert.manifest.trees)}) as t`,
      )
      return Number(row?.places ?? 0)
    },
    async seats(alert, from, limit) {
      const trees = JSON.stringify(alert.manifest.trees)
      const rows = await rowsOf(
        database,
        sql`with frozen as (
            select t.key as number, t.value->>'id' as tree_id, t.value->>'version' as version,
              (select max(position) + 1 from tree_nodes where tree_id = t.value->>'id' and version = t.value->>'version') as size
            from json_each(${trees}) as t),
          placed as (select number, tree_id, version, size,
            coalesce((select sum(before.size) from frozen as before where before.number < frozen.number), 0) as first from frozen)
          select n.person_id, n.parent_id is null as root, p.name, p.language, p.removed_at
          from placed
          join tree_nodes n on n.tree_id = placed.tree_id and n.version = placed.version
            and n.position >= ${from} - placed.first and n.position < ${from + limit} - placed.first
          join people p on p.id = n.person_id
          order by placed.number, n.position`,
      )
      return rows
        .filter((row) => row.removed_at === null || Number(row.removed_at) > alert.raisedAt)
        .map((row) => ({
          personId: String(row.person_id),
          name: String(row.name),
          language: String(row.language),
          root: Number(row.root),
        }))
    },
    seat(alert, seats, from, expandedTo) {
      const { strategy } = alert.manifest.template
      const begins = strategy === 'cascade' || strategy === 'relay'
      const because = begins
        ? sql`iif(${startsAtOnce(alert)}, ${JSON.stringify({ why: 'root' } satisfies Because)}, null)`
        : sql`null`
      const rows = seats.map(({ recipientId, personId, name, language, root }, index) => {
        const link = vault.hashSecret(vault.linkToken(recipientId))
        return [recipientId, personId, name, language, from + index, link, root]
      })
      return [
        ...inJsonChunks(rows).map((json) =>
          statement(sql`
            insert into recipients (id, alert_id, person_id, name, language, position, link_hash, next_at, because, changed_at)
            select v->>0, ${alert.id}, v->>1, v->>2, v->>3, v->>4, v->>5,
              iif(a.decides = 0 or ${startsAtOnce(alert)}, ${alert.raisedAt}, null),
              ${because}, ${alert.raisedAt}
            from ${rowsIn(json)} join alerts a on a.id = ${alert.id}
            join people p on p.id = v->>1
            where true
            on conflict (alert_id, person_id) do update set informed = 0, next_at = excluded.next_at, because = excluded.because,
              position = excluded.position, changed_at = max(recipients.changed_at + 1, excluded.changed_at) where informed = 1`),
        ),
        // Whoever is seated when the alert has ended already is contacted no more, as those who were seated before.
        ...inJsonChunks(seats.map(({ personId }) => personId)).map((json) =>
          statement(sql`
            update recipients set next_at = null, unreachable = ${MISSED}, changed_at = changed_at + 1
            where alert_id = ${alert.id} and person_id in (select value from json_each(${json})) and next_at is not null
              and exists (select 1 from alerts where id = ${alert.id} and state <> 'open')`),
        ),
        statement(sql`update alerts set expanded_to = ${expandedTo} where id = ${alert.id} and expanded_to = ${from}`),
      ]
    },
  }
}
