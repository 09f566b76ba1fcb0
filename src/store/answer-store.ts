import { asc, eq, sql } from 'drizzle-orm'
import type { AnswerStore } from '../application/ports/answer-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import { heightOf } from '../domain/alerts/rung.ts'
import { type Database, rowsOf, statement } from './database.ts'
import { createInboundStore } from './inbound-store.ts'
import { answers } from './schema/acknowledgements.ts'

export function createAnswerStore(database: Database, vault: Vault): AnswerStore {
  const { db } = database
  return {
    ...createInboundStore(database, vault),
    record: (answer, entry) => [
      statement(sql`
        insert into answers (id, alert_id, recipient_id, response, channel, at, received_at, recorded_by, note_sealed, late)
        select ${answer.id}, ${answer.alertId}, r.id, ${answer.response}, ${answer.channel}, ${answer.at},
          ${answer.receivedAt}, ${answer.recordedBy}, ${answer.note === null ? null : vault.seal(answer.note)}, a.state <> 'open'
        from recipients r join alerts a on a.id = r.alert_id
        where r.id = ${answer.recipientId} and r.alert_id = ${answer.alertId}
        on conflict (id) do nothing returning id, late`),
      statement(sql`
        insert into timeline (id, alert_id, at, kind, recipient_id, data)
        select ${entry.id}, ${entry.alertId}, ${entry.at}, ${entry.kind}, ${entry.recipientId},
          json_set(${JSON.stringify(entry.data)}, '$.late', json(iif(g.late, 'true', 'false')),
            '$.overtaken', json(iif(exists (select 1 from answers o
              where o.recipient_id = g.recipient_id and o.late = 0 and o.at > g.at), 'true', 'false')))
        from answers g where g.id = ${answer.id} and changes() > 0`),
    ],
    stand: ({ id, recipientId }, entryId, now) => [
      statement(sql`
        update recipients set rung = ${heightOf('acknowledged')},
          response = (select response from answers where recipient_id = ${recipientId} and late = 0
            order by at desc, received_at desc, rowid desc limit 1),
          (acknowledged_at, acknowledged_channel, acknowledged_by) = (select at, channel, recorded_by from answers
            where recipient_id = ${recipientId} and late = 0 order by at, received_at, rowid limit 1),
          unreachable = null, next_at = null, changed_at = max(changed_at + 1, ${now})
        where id = ${recipientId} and exists (select 1 from answers where id = ${id} and late = 0)
          and exists (select 1 from timeline where id = ${entryId})`),
      statement(sql`
        update deliveries set state = 'cancelled' where recipient_id = ${recipientId} and state = 'queued'
          and purpose = 'alert'
          and exists (select 1 from recipients where id = ${recipientId} and acknowledged_at is not null)`),
    ],
    async of(alertId) {
      const rows = await db
        .select()
        .from(answers)
        .where(eq(answers.alertId, alertId))
        .orderBy(asc(answers.at), asc(answers.id))
      return rows.map(({ noteSealed, late: _, ...row }) => ({
        ...row,
        note: noteSealed === null ? null : vault.open(noteSealed),
      }))
    },
    async latest(recipientId) {
      const [row] = await rowsOf(
        database,
        sql`select id, response, channel, received_at, (select count(*) from answers where recipient_id = ${recipientId}) as count
          from answers where recipient_id = ${recipientId} order by received_at desc, rowid desc limit 1`,
      )
      if (!row) return null
      const { id, response, channel } = row
      const answer = { id: String(id), response: String(response), channel: String(channel) }
      return { answer: { ...answer, receivedAt: Number(row.received_at) }, count: Number(row.count) }
    },
    hear: (recipientId, now) =>
      statement(sql`update recipients set rung = max(rung, ${heightOf('heard')}), changed_at = max(changed_at + 1, ${now})
        where id = ${recipientId} and rung < ${heightOf('heard')}`),
    provePoint: (contactPointId, at) =>
      statement(sql`update contact_points set last_proof_at = max(coalesce(last_proof_at, 0), ${at}), status = 'verified'
        where id = ${contactPointId} and status <> 'gone'`),
    // A number that rings need not take texts: what fails is proven by its own channel only.
    prove: (personId, address, channel, at) =>
      statement(sql`update contact_points set last_proof_at = max(coalesce(last_proof_at, 0), ${at}), status = 'verified'
        where person_id = ${personId} and address_hash = ${vault.lookUp(address)} and status <> 'gone'
          and (status <> 'failing' or kind = ${channel})`),
  }
}
