import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { AnswerStore } from '../application/ports/answer-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import { heightOf } from '../domain/alerts/rung.ts'
import { type Database, statement } from './database.ts'
import { answers, inboundMessages } from './schema/acknowledgements.ts'
import { recipients } from './schema/alerts.ts'

export function createAnswerStore({ db }: Database, vault: Vault): AnswerStore {
  return {
    record: (answer, now) => [
      statement(sql`
        insert into answers (id, alert_id, recipient_id, response, channel, at, received_at, recorded_by, note_sealed, late)
        select ${answer.id}, ${answer.alertId}, r.id, ${answer.response}, ${answer.channel}, ${answer.at},
          ${answer.receivedAt}, ${answer.recordedBy}, ${answer.note === null ? null : vault.seal(answer.note)}, a.state <> 'open'
        from recipients r join alerts a on a.id = r.alert_id
        where r.id = ${answer.recipientId} and r.alert_id = ${answer.alertId}
        on conflict (id) do nothing returning id, late`),
      statement(sql`
        update recipients set rung = ${heightOf('acknowledged')}, response = ${answer.response},
          acknowledged_by = iif(acknowledged_at is null, ${answer.recordedBy}, acknowledged_by),
          acknowledged_channel = coalesce(acknowledged_channel, ${answer.channel}),
          acknowledged_at = coalesce(acknowledged_at, ${answer.at}),
          unreachable = null, next_at = null, changed_at = max(changed_at + 1, ${now})
        where id = ${answer.recipientId} and changes() > 0
          and exists (select 1 from alerts where id = ${answer.alertId} and state = 'open')`),
      statement(sql`
        update deliveries set state = 'cancelled' where recipient_id = ${answer.recipientId} and state = 'queued'
          and purpose = 'alert'
          and exists (select 1 from recipients where id = ${answer.recipientId} and acknowledged_at is not null)`),
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
    hear: (recipientId, now) =>
      statement(sql`update recipients set rung = max(rung, ${heightOf('heard')}), changed_at = max(changed_at + 1, ${now})
        where id = ${recipientId} and rung < ${heightOf('heard')}`),
    prove: (personId, address, at) =>
      statement(sql`update contact_points set last_proof_at = max(coalesce(last_proof_at, 0), ${at}), status = 'verified'
        where person_id = ${personId} and address_hash = ${vault.lookUp(address)} and status <> 'gone'`),
    keep: ({ from, text, ...message }) =>
      statement(sql`insert into inbound_messages
          (id, carrier, channel, from_sealed, from_hash, text_sealed, at, outcome, reason, alert_id, recipient_id)
        values (${message.id}, ${message.carrier}, ${message.channel}, ${vault.seal(from)}, ${vault.lookUp(from)},
          ${vault.seal(text)}, ${message.at}, ${message.outcome}, ${message.reason}, ${message.alertId}, ${message.recipientId})
        on conflict (id) do nothing returning id`),
    async unclear(alertId) {
      const rows = await db
        .select({ message: inboundMessages, name: recipients.name })
        .from(inboundMessages)
        .leftJoin(recipients, eq(recipients.id, inboundMessages.recipientId))
        .where(
          and(
            eq(inboundMessages.alertId, alertId),
            eq(inboundMessages.outcome, 'unclear'),
            isNull(inboundMessages.settledAt),
          ),
        )
        .orderBy(asc(inboundMessages.at))
      return rows.map(({ message, name }) => ({
        ...message,
        name,
        from: vault.open(message.fromSealed),
        text: vault.open(message.textSealed),
      }))
    },
    settle: (id, by, now) =>
      statement(sql`update inbound_messages set settled_at = ${now}, settled_by = ${by}
        where id = ${id} and settled_at is null returning id`),
  }
}
