import { type SQL, sql } from 'drizzle-orm'
import type { AnswerStore } from '../application/ports/answer-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import { concerns, isWaiting } from './concerns.ts'
import { type Database, rowsOf, statement } from './database.ts'

/** How many different texts of one phone are looked through for the same one. */
const MOST_EARLIER = 200

type InboundStore = Pick<
  AnswerStore,
  'keep' | 'keepUnlessStanding' | 'isKept' | 'unclear' | 'unclearFrom' | 'concerns' | 'settle'
>

/** Every text that came in, and those that wait for a person. */
export function createInboundStore(database: Database, vault: Vault): InboundStore {
  const columns = sql`(id, carrier, channel, from_sealed, from_hash, text_sealed, at, outcome, reason, alert_id,
    recipient_id, repeat_of)`
  const valuesOf: (message: Parameters<InboundStore['keep']>[0]) => SQL = (message) =>
    sql`${message.id}, ${message.carrier}, ${message.channel}, ${vault.seal(message.from)}, ${vault.lookUp(message.from)},
      ${vault.seal(message.text)}, ${message.at}, ${message.outcome}, ${message.reason}, ${message.alertId},
      ${message.recipientId}`
  return {
    keep: (message, repeatOf = null) =>
      statement(sql`insert into inbound_messages ${columns} select ${valuesOf(message)},
        (select id from inbound_messages where id = ${repeatOf} and settled_at is null)`),
    keepUnlessStanding: (message, answerId, entryId) =>
      statement(sql`insert into inbound_messages ${columns} select ${valuesOf(message)}, null
        from answers g join recipients r on r.id = g.recipient_id
        where g.id = ${answerId} and exists (select 1 from timeline where id = ${entryId})
          and (g.late = 1 or r.response is not g.response)
        on conflict (id) do update set outcome = excluded.outcome, reason = coalesce(reason, excluded.reason)`),
    async isKept(id) {
      const rows = await rowsOf(database, sql`select 1 from inbound_messages where id = ${id}`)
      return rows.length > 0
    },
    async unclear(alertId) {
      const rows = await rowsOf(
        database,
        sql`select m.id, m.carrier, m.channel, m.from_sealed, m.text_sealed, m.at, m.reason, m.alert_id, m.recipient_id,
            n.name, 1 + (select count(*) from inbound_messages where repeat_of = m.id) as times
          from inbound_messages m left join recipients n on n.id = m.recipient_id
          where ${isWaiting} and ${concerns(alertId)} order by m.at, m.id`,
      )
      return rows.map((row) => ({
        id: String(row.id),
        carrier: String(row.carrier),
        channel: String(row.channel),
        from: vault.open(String(row.from_sealed)),
        text: vault.open(String(row.text_sealed)),
        at: Number(row.at),
        outcome: 'unclear',
        reason: textOf(row.reason),
        alertId: textOf(row.alert_id),
        recipientId: textOf(row.recipient_id),
        name: textOf(row.name),
        times: Number(row.times),
      }))
    },
    async unclearFrom(from, since) {
      const rows = await rowsOf(
        database,
        sql`select m.id, m.text_sealed, m.at, m.reason, m.alert_id, m.settled_at,
            (select max(at) from inbound_messages where repeat_of = m.id) as repeated_at
          from inbound_messages m
          where m.from_hash = ${vault.lookUp(from)} and m.at >= ${since} and m.outcome = 'unclear' and m.repeat_of is null
          order by m.at desc limit ${MOST_EARLIER}`,
      )
      return rows.map((row) => ({
        id: String(row.id),
        alertId: textOf(row.alert_id),
        text: vault.open(String(row.text_sealed)),
        reason: textOf(row.reason),
        at: Number(row.at),
        lastAt: Number(row.repeated_at ?? row.at),
        settled: row.settled_at !== null,
      }))
    },
    async concerns(alertId, id) {
      const rows = await rowsOf(
        database,
        sql`select 1 from inbound_messages m where m.id = ${id} and m.outcome = 'unclear' and ${concerns(alertId)}`,
      )
      return rows.length > 0
    },
    settle: (id, by, now) =>
      statement(sql`update inbound_messages set settled_at = ${now}, settled_by = ${by}
        where id = ${id} and settled_at is null returning id`),
  }
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}
