import { type SQL, sql } from 'drizzle-orm'
import type { Card, CardPerson, CardStore } from '../application/ports/card-store.ts'
import { type Database, rowsOf, statement } from './database.ts'

/**
 * Whether a card `c` is its holder's to work on, also after its time: not when he or she was removed, declines, or has
 * lost it so before. Nobody else needs its numbers.
 */
export const IS_HELD = sql`(coalesce(c.ended_why, '') not in ('holder_removed', 'holder_declined')
  and exists (select 1 from recipients hr join people hp on hp.id = hr.person_id join alerts ha on ha.id = hr.alert_id
    join json_each(ha.manifest, '$.template.responses') ho on ho.value->>'code' = hr.response and ho.value->>'accepts'
    where hr.alert_id = c.alert_id and hr.person_id = c.holder and hp.removed_at is null and ha.state = 'open'))`

export function createCardStore(database: Database): CardStore {
  const read = async (where: SQL): Promise<Card[]> => {
    const rows = await rowsOf(
      database,
      sql`select c.id, c.alert_id, c.holder, h.name as holder_name, c.branch, b.name as branch_name, c.issued_at, c.deadline,
          c.ended_at, c.ended_why,
          (select json_group_array(json_object('personId', m.person_id, 'recipientId', r.id, 'name', coalesce(r.name, p.name),
              'mark', m.mark, 'markedAt', m.marked_at, 'response', r.response) order by m.position)
            from card_people m join people p on p.id = m.person_id
            left join recipients r on r.alert_id = c.alert_id and r.person_id = m.person_id
            where m.card_id = c.id) as people
        from cards c join people h on h.id = c.holder join people b on b.id = c.branch
        where ${where} order by c.rowid`,
    )
    return rows.map(toCard)
  }
  return {
    ofAlert: (alertId) => read(sql`c.alert_id = ${alertId}`),
    heldBy: (personId) => read(sql`c.holder = ${personId} and ${IS_HELD}`),
    async find(id) {
      const [card] = await read(sql`c.id = ${id}`)
      return card ?? null
    },
    mark: (card, personId, mark, now) => [
      statement(sql`update card_people set mark = ${mark}, marked_at = ${now}
        where card_id = ${card.id} and person_id = ${personId} and mark is not 'reached' and mark is not ${mark}
          and exists (select 1 from cards c where c.id = ${card.id} and ${IS_HELD}) returning person_id`),
      statement(sql`update alerts set decide_at = 0, stirred = stirred + 1
        where id = ${card.alertId} and decides = 1 and changes() > 0`),
    ],
  }
}

function toCard(row: Record<string, unknown>): Card {
  return {
    id: String(row.id),
    alertId: String(row.alert_id),
    holder: { personId: String(row.holder), name: String(row.holder_name) },
    branch: { personId: String(row.branch), name: String(row.branch_name) },
    issuedAt: Number(row.issued_at),
    deadline: Number(row.deadline),
    endedAt: row.ended_at === null ? null : Number(row.ended_at),
    endedWhy: row.ended_why as Card['endedWhy'],
    people: JSON.parse(String(row.people)) as CardPerson[],
  }
}
