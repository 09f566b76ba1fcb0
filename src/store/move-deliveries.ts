import { type SQL, sql } from 'drizzle-orm'
import type { OutboxStore } from '../application/ports/outbox-store.ts'
import { type Database, listOf, rowsOf, statement } from './database.ts'

/** How far back the last attempts are looked at for what a carrier usually takes. */
const LOOK_BACK = 5_000

/** Whether a delivery may go by this carrier, as it was found when it was planned. */
function mayTake(carrier: string, row: 'd.' | '' = ''): SQL {
  const allowed = sql.raw(`${row}allowed`)
  return sql`(${allowed} is null or exists (select 1 from json_each(${allowed}) where value = ${carrier}))`
}

/** What moves messages from one carrier to another. */
export function moveDeliveries(
  database: Database,
): Pick<OutboxStore, 'reroute' | 'moveQueued' | 'deliveryTimes' | 'queueOverdue'> {
  return {
    reroute: (channel, known, carrier, which) =>
      statement(sql`update deliveries set carrier = ${carrier}
        where state in ('queued', 'sending') and channel = ${channel} and carrier not in ${listOf(known)}
          ${which === 'all' ? sql`` : sql`and ${mayTake(carrier)}`}`),
    moveQueued: (lane, carrier, now, alertId) =>
      statement(sql`update deliveries set carrier = ${carrier}, due_at = min(due_at, ${now})
        where carrier = ${lane.carrier} and channel = ${lane.channel} and state = 'queued' and ${mayTake(carrier)}
          ${alertId === undefined ? sql`` : sql`and alert_id = ${alertId} and purpose = 'alert'`}`),
    async deliveryTimes(lane, limit) {
      const rows = await rowsOf(
        database,
        sql`select t.ended_at - t.started_at as took from attempts t join deliveries d on d.id = t.delivery_id
          where t.rowid > (select max(rowid) from attempts) - ${LOOK_BACK} and t.state = 'delivered'
            and t.carrier = ${lane.carrier} and d.channel = ${lane.channel}
          order by t.rowid desc limit ${limit}`,
      )
      return rows.map((row) => Number(row.took))
    },
    queueOverdue: (lane, acceptedBefore, carrier, now, limit) =>
      statement(sql`
        update deliveries set state = 'queued', carrier = ${carrier}, due_at = ${now} where id in (
          select d.id from alerts a
          join deliveries d on d.alert_id = a.id and d.channel = ${lane.channel} and d.state = 'accepted'
          join recipients r on r.id = d.recipient_id and r.acknowledged_at is null
          join attempts t on t.delivery_id = d.id and t.number = d.attempts
          where a.state = 'open' and d.purpose = 'alert' and d.carrier = ${lane.carrier}
            and t.state = 'accepted' and t.ended_at < ${acceptedBefore} and ${mayTake(carrier, 'd.')}
            and not exists (select 1 from attempts o where o.delivery_id = d.id and o.carrier = ${carrier})
          limit ${limit}) returning id`),
  }
}
