import { sql } from 'drizzle-orm'
import type { AlertStore } from '../application/ports/alert-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import type { Because } from '../domain/strategies/decision.ts'
import { inJsonChunks, statement } from './database.ts'

/** Whether a person `p` has a place in the frozen audience of an alert `a`. */
const IS_FROZEN = sql`exists (select 1 from json_each(a.manifest, '$.trees') as t
  join tree_nodes n on n.tree_id = t.value->>'id' and n.version = t.value->>'version' and n.person_id = p.id)`

/**
 * Adds people to a running alert, due at once, with the entry of the timeline that says by whom. Whoever it is for already
 * is left alone, but those who wait for their turn, also before they are seated, have it now: they stay part of the frozen
 * audience. Whoever will be seated due at once is left alone too, so that nobody is there twice and the denominator stays
 * what it was.
 */
export function addRecipients(vault: Vault): Pick<AlertStore, 'addRecipients' | 'noteAdded'> {
  return {
    addRecipients: (alertId, people, entryId, now) => {
      const because = JSON.stringify({ why: 'added', entry: entryId } satisfies Because)
      const adding = inJsonChunks(
        people.map(({ personId, recipientId }) => ({
          person: personId,
          id: recipientId,
          link: vault.hashSecret(vault.linkToken(recipientId)),
        })),
      ).map((json) =>
        statement(sql`
          insert into recipients (id, alert_id, person_id, name, language, position, link_hash, next_at, because, changed_at, added_at)
          select v->>'id', a.id, p.id, p.name, p.language, -1, v->>'link', ${now}, ${because}, max(${now}, ifnull(newest.at, 0)),
            iif(${IS_FROZEN}, null, ${now})
          from (select value as v from json_each(${json}))
          join alerts a on a.id = ${alertId} and a.state = 'open'
          join people p on p.id = v->>'person' and p.removed_at is null
          join (select max(changed_at) as at from recipients where alert_id = ${alertId}) as newest
          where a.expanded_to is null or a.decides = 1 or not ${IS_FROZEN}
          on conflict (alert_id, person_id) do update set informed = 0, next_at = excluded.next_at, because = excluded.because,
            added_at = iif(informed = 1, excluded.added_at, added_at), changed_at = excluded.changed_at
            where informed = 1 or (next_at is null and started_at is null and acknowledged_at is null and unreachable is null)`),
      )
      // A strategy counts on them from now on, or tells them that they are not needed.
      const stirring = statement(sql`update alerts set decide_at = 0, stirred = stirred + 1
        where id = ${alertId} and state = 'open' and decides = 1`)
      return [...adding, stirring]
    },
    noteAdded: (entry) =>
      statement(sql`insert into timeline (id, alert_id, at, kind, recipient_id, data)
        select ${entry.id}, ${entry.alertId}, ${entry.at}, ${entry.kind}, null, json_set(${JSON.stringify(entry.data)}, '$.people', n.count)
        from (select count(*) as count from recipients where alert_id = ${entry.alertId} and because->>'$.entry' = ${entry.id}) as n
        where n.count > 0`),
  }
}
