import { sql } from 'drizzle-orm'
import type { DirectoryStore, WaitingRemoval } from '../application/ports/directory-store.ts'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'
import { type Database, failUnless, listOf, rowsOf, statement } from './database.ts'

type Removals = Pick<
  DirectoryStore,
  'removalFacts' | 'requireRemovable' | 'noteRemoval' | 'waiting' | 'waitingOf' | 'requireWaiting' | 'settleRemoval'
>

/** Of an alert whose audience is still being seated anybody may be part. */
const inAlert = (id: string) => sql`(exists (select 1 from recipients r join alerts a on a.id = r.alert_id
    where r.person_id = ${id} and a.state = 'open')
  or exists (select 1 from alerts where expanded_to is not null and state = 'open'))`
const hasAccount = (id: string) => sql`exists (select 1 from accounts where person_id = ${id} and removed_at is null)`
const removed = (since: number) =>
  sql`(select count(*) from directory_removals where outcome = 'done' and at > ${since})`

/** Whom a directory took out, and whom it would have taken out if that did not wait for a human. */
export function createDirectoryRemovals(database: Database): Removals {
  return {
    async removalFacts(id, since) {
      const [row] = await rowsOf(
        database,
        sql`select ${inAlert(id)} as alerted, ${hasAccount(id)} as account, ${removed(since)} as removed,
          (select count(*) from directory_users d join people p on p.id = d.person_id where p.removed_at is null) as present`,
      )
      const done = Number(row?.removed ?? 0)
      return {
        inAlert: row?.alerted === 1,
        hasAccount: row?.account === 1,
        removed: done,
        people: Number(row?.present ?? 0) + done,
      }
    },
    requireRemovable: (id, since, limit) =>
      failUnless(sql`${removed(since)} < ${limit} and not ${inAlert(id)} and not ${hasAccount(id)}`),
    noteRemoval: ({ id, personId, at, by, how, reason, outcome }) =>
      statement(sql`insert into directory_removals (id, person_id, at, by, how, reason, outcome)
        values (${id}, ${personId}, ${at}, ${by}, ${how}, ${reason}, ${outcome})
        on conflict (person_id) where outcome = 'waiting' do nothing`),
    async waiting({ cursor, limit }) {
      const [after = ''] = decodeCursor(cursor, 1) ?? []
      const rows = await rowsOf(
        database,
        sql`select r.id, r.person_id, p.name, r.at, r.by, r.how, r.reason from directory_removals r
          join people p on p.id = r.person_id and p.removed_at is null
          where r.outcome = 'waiting' and r.id > ${after} order by r.id limit ${limit + 1}`,
      )
      const found = rows.map(
        (row): WaitingRemoval => ({
          id: String(row.id),
          personId: String(row.person_id),
          name: String(row.name),
          at: Number(row.at),
          by: String(row.by),
          how: row.how as WaitingRemoval['how'],
          reason: row.reason as WaitingRemoval['reason'],
        }),
      )
      return pageOf(found, limit, (removal) => encodeCursor([removal.id]))
    },
    async waitingOf(people) {
      const rows = await rowsOf(
        database,
        sql`select r.person_id, p.version from directory_removals r
          join people p on p.id = r.person_id and p.removed_at is null
          where r.outcome = 'waiting' ${people ? sql`and r.person_id in ${listOf(people)}` : sql``}
          order by r.id`,
      )
      return rows.map((row) => ({ id: String(row.person_id), version: Number(row.version) }))
    },
    requireWaiting: (people) =>
      failUnless(sql`not exists (select 1 from json_each(${JSON.stringify(people)}) as g where not exists (
        select 1 from directory_removals where person_id = g.value and outcome = 'waiting'))`),
    settleRemoval: (personId, outcome, now, by) =>
      statement(sql`update directory_removals set outcome = ${outcome}, settled_at = ${now}, settled_by = ${by}
        where person_id = ${personId} and outcome = 'waiting' returning id`),
  }
}
