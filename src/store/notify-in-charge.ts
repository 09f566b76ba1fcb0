import { sql } from 'drizzle-orm'
import type { OutboxStore } from '../application/ports/outbox-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import { inJsonChunks, statement } from './database.ts'

/** Queues what those who run an alert are told about it. Whoever is no recipient gets a place that counts nowhere. */
export function notifyInCharge(vault: Vault): OutboxStore['notify'] {
  return (alertId, entryId, notices, now, priority) => {
    const rows = notices.map(({ recipientId, ...notice }) => ({
      ...notice,
      recipientId,
      link: vault.hashSecret(vault.linkToken(recipientId)),
    }))
    const noted = sql`exists (select 1 from timeline where id = ${entryId})`
    return inJsonChunks(rows).flatMap((json) => [
      statement(sql`
        insert into recipients (id, alert_id, person_id, name, language, position, link_hash, informed, changed_at)
        select v->>'recipientId', ${alertId}, v->>'$.person.id', v->>'$.person.name', v->>'$.person.language', -1, v->>'link', 1, ${now}
        from (select value as v from json_each(${json})) where ${noted}
        on conflict (alert_id, person_id) do nothing`),
      statement(sql`
        insert into deliveries (id, alert_id, recipient_id, contact_point_id, channel, purpose, step, carrier, state, priority, due_at, created_at)
        select v->>'id', ${alertId}, r.id, v->>'contactPointId', v->>'channel', 'ending', 0, v->>'carrier', 'queued', ${priority}, ${now}, ${now}
        from (select value as v from json_each(${json}))
        join recipients r on r.alert_id = ${alertId} and r.person_id = v->>'$.person.id'
        where ${noted}`),
    ])
  }
}
