import { sql } from 'drizzle-orm'
import type { AlertStore } from '../application/ports/alert-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import { inJsonChunks, statement } from './database.ts'

/**
 * Adds people to a running alert, due at once. Whoever it is for already, or will be when the frozen audience is seated,
 * is left alone, so that nobody is there twice and the denominator stays what it was.
 */
export function addRecipients(vault: Vault): Pick<AlertStore, 'addRecipients' | 'noteAdded'> {
  return {
    addRecipients: (alertId, people, now) =>
      inJsonChunks(
        people.map(({ personId, recipientId }) => ({
          person: personId,
          id: recipientId,
          link: vault.hashSecret(vault.linkToken(recipientId)),
        })),
      ).map((json) =>
        statement(sql`
          insert into recipients (id, alert_id, person_id, name, language, position, link_hash, next_at, changed_at, added_at)
          select v->>'id', a.id, p.id, p.name, p.language, -1, v->>'link', ${now}, max(${now}, ifnull(newest.at, 0)), ${now}
          from (select value as v from json_each(${json}))
          join alerts a on a.id = ${alertId} and a.state = 'open'
          join people p on p.id = v->>'person' and p.removed_at is null
          join (select max(changed_at) as at from recipients where alert_id = ${alertId}) as newest
          where a.expanded_to is null or not exists (select 1 from json_each(a.manifest, '$.trees') as t
            join tree_nodes n on n.tree_id = t.value->>'id' and n.version = t.value->>'version' and n.person_id = p.id)
          on conflict (alert_id, person_id) do update set informed = 0, added_at = excluded.added_at,
            next_at = excluded.next_at, changed_at = excluded.changed_at where informed = 1`),
      ),
    noteAdded(entry, people) {
      const among = inJsonChunks(people.map(({ recipientId }) => recipientId)).map(
        (json) => sql`id in (select value from json_each(${json}))`,
      )
      const told = sql`exists (select 1 from deliveries d where d.recipient_id = recipients.id and d.purpose = 'ending')`
      return statement(sql`insert into timeline (id, alert_id, at, kind, recipient_id, data)
        select ${entry.id}, ${entry.alertId}, ${entry.at}, ${entry.kind}, null, json_set(${JSON.stringify(entry.data)}, '$.people', n.count)
        from (select count(*) as count from recipients where alert_id = ${entry.alertId} and added_at = ${entry.at}
          and (${sql.join([...among, told], sql` or `)})) as n
        where n.count > 0`)
    },
  }
}
