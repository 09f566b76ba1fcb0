import { and, asc, desc, eq, getTableColumns, gt, isNotNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { AlertStore, Recipient } from '../application/ports/alert-store.ts'
import type { Vault } from '../application/ports/vault.ts'
import type { Alert } from '../domain/alerts/alert.ts'
import { rungAt } from '../domain/alerts/rung.ts'
import { addRecipients } from './add-recipients.ts'
import { createAudienceStore } from './audience-store.ts'
import { createChangeStore } from './change-store.ts'
import { concerns, isWaiting } from './concerns.ts'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'
import { built, type Database, failUnless, listOf, prepareOnce, rowsOf, statement } from './database.ts'
import { readDeliveries } from './read-deliveries.ts'
import { readManifest } from './read-manifest.ts'
import { alerts, recipients, timeline } from './schema/alerts.ts'

export function createAlertStore(database: Database, vault: Vault): AlertStore {
  const { db } = database

  const readRecipients = async (where: SQL | undefined, order: SQL[], limit: number): Promise<Recipient[]> => {
    const rows = await db
      .select()
      .from(recipients)
      .where(where)
      .orderBy(...order)
      .limit(limit)
    return rows.map(toRecipient)
  }

  const byId = prepareOnce(() =>
    db
      .select(alertColumns)
      .from(alerts)
      .where(eq(alerts.id, sql.placeholder('id'))),
  )

  // Bound in selects of their own, as `statement` does.
  const hash = sql`(select ${sql.placeholder('hash')})`
  const kindsGiven = sql`(select value from json_each(${sql.placeholder('kinds')}))`
  const byAddress = prepareOnce(() =>
    db
      .select({ recipient: recipients, alert: alertColumns })
      .from(recipients)
      .innerJoin(alerts, eq(alerts.id, recipients.alertId))
      .where(
        and(
          // The list leads to few recipients; the condition that looks at each of them would alone look at all.
          sql`${recipients.personId} in (select person_id from contact_points
            where address_hash = ${hash} and kind in ${kindsGiven})`,
          sql`exists (select 1 from contact_points p where p.person_id = ${recipients.personId}
            and p.address_hash = ${hash} and p.kind in ${kindsGiven}
            and (p.status <> 'gone' or exists (select 1 from deliveries d
              where d.recipient_id = ${recipients.id} and d.contact_point_id = p.id)))`,
          isOne,
          sql`(${alerts.state} = 'open' or ${alerts.closedAt} > (select ${sql.placeholder('since')}))`,
        ),
      )
      .orderBy(desc(alerts.id)),
  )

  return {
    ...createAudienceStore(database, vault),
    ...createChangeStore(database),
    ...addRecipients(vault),
    async find(id) {
      const [row] = await byId().all({ id })
      return row ? toAlert(row) : null
    },
    async list({ cursor, limit }) {
      const [id] = decodeCursor(cursor, 1) ?? []
      const where = id === undefined ? undefined : lt(alerts.id, id)
      const rows = await db
        .select(alertColumns)
        .from(alerts)
        .where(where)
        .orderBy(desc(alerts.id))
        .limit(limit + 1)
      return pageOf(rows.map(toAlert), limit, (alert) => encodeCursor([alert.id]))
    },
    async codesSince(time) {
      const rows = await db
        .select({ code: alerts.code })
        .from(alerts)
        .where(or(gt(alerts.raisedAt, time), eq(alerts.state, 'open'), gt(alerts.closedAt, time)))
      return rows.map((row) => row.code)
    },
    async openByCodes(codes) {
      const rows = await db
        .select(alertColumns)
        .from(alerts)
        .where(and(eq(alerts.state, 'open'), sql`${alerts.code} in ${listOf(codes)}`))
      return rows.map(toAlert)
    },
    open: () =>
      db
        .select({ id: alerts.id, code: alerts.code, raisedAt: alerts.raisedAt })
        .from(alerts)
        .where(eq(alerts.state, 'open'))
        .orderBy(desc(alerts.id)),
    async tally(id) {
      const rows = await rowsOf(
        database,
        sql`select kind, key, count from tallies where alert_id = ${id} and count <> 0
          union all select 'unclear', '', count(*) from inbound_messages m where ${isWaiting} and ${concerns(id)}`,
      )
      const of = (kind: string) => rows.filter((row) => row.kind === kind)
      const sum = (kind: string) => Number(of(kind)[0]?.count ?? 0)
      const stand = (prefix: string) => ({
        rungs: Object.fromEntries(of(`${prefix}rung`).map((row) => [rungAt(Number(row.key)), Number(row.count)])),
        responses: Object.fromEntries(of(`${prefix}response`).map((row) => [String(row.key), Number(row.count)])),
        unreachable: sum(`${prefix}unreachable`),
      })
      return {
        ...stand(''),
        added: { people: sum('added'), ...stand('added_') },
        waiting: sum('waiting'),
        unclear: sum('unclear'),
      }
    },
    insert: ({ updates: _, ...alert }, decides) =>
      built(db.insert(alerts).values({ ...alert, expandedTo: 0, decides, decideAt: decides ? alert.raisedAt : null })),
    end: (id, state, by, at, remark = null) =>
      statement(sql`update alerts set state = ${state}, closed_at = ${at}, closed_by = ${by}, end_remark = ${remark}, warn_at = null
        where id = ${id} and ((state = 'open' and (${state} <> 'expired' or ends_at < ${at})) or (state = 'expired' and ${state} <> 'expired'))
        returning id`),
    extend: (id, endsAt, warnAt) =>
      statement(sql`update alerts set ends_at = ${endsAt}, warn_at = ${warnAt}
        where id = ${id} and state = 'open' and ends_at < ${endsAt} returning id`),
    async endingSoon(now) {
      const rows = await db.select({ id: alerts.id }).from(alerts).where(lte(alerts.warnAt, now))
      return rows.map((row) => row.id)
    },
    markWarned: (id, now) =>
      statement(sql`update alerts set warn_at = null where id = ${id} and warn_at <= ${now} returning id`),
    requireOpen: (id) => failUnless(sql`exists (select 1 from alerts where id = ${id} and state = 'open')`),
    addUpdate: ({ id, alertId, at, by, audience, texts }) =>
      statement(sql`insert into updates (id, alert_id, number, at, by, audience, texts)
        select ${id}, ${alertId}, coalesce(max(number), 0) + 1, ${at}, ${by}, ${audience}, ${JSON.stringify(texts)}
        from updates where alert_id = ${alertId}`),
    async overdue(now) {
      const rows = await db
        .select({ id: alerts.id })
        .from(alerts)
        .where(and(eq(alerts.state, 'open'), lt(alerts.endsAt, now)))
      return rows.map((row) => row.id)
    },
    async openIds() {
      const rows = await db.select({ id: alerts.id }).from(alerts).where(eq(alerts.state, 'open'))
      return rows.map((row) => row.id)
    },
    async expanding() {
      const rows = await db
        .select({ id: alerts.id, expandedTo: alerts.expandedTo })
        .from(alerts)
        .where(isNotNull(alerts.expandedTo))
        .orderBy(sql`${alerts.kind} = 'drill'`, asc(alerts.id))
      return rows.map((row) => ({ id: row.id, expandedTo: row.expandedTo ?? 0 }))
    },
    async recipient(id) {
      const [row] = await readRecipients(eq(recipients.id, id), [], 1)
      return row ?? null
    },
    async recipientOf(alertId, personId) {
      const [row] = await readRecipients(
        and(eq(recipients.alertId, alertId), eq(recipients.personId, personId), isOne),
        [],
        1,
      )
      return row ?? null
    },
    async recipientByLink(token) {
      const hash = vault.hashSecret(token)
      const first = sql`substr(${recipients.linkHash}, 1, 8) = (select substr(${hash}, 1, 8))`
      const [row] = await readRecipients(and(first, eq(recipients.linkHash, hash)), [], 1)
      return row ?? null
    },
    async recipients(alertId, { cursor, limit }) {
      const [id] = decodeCursor(cursor, 1) ?? []
      const where = and(eq(recipients.alertId, alertId), isOne, id === undefined ? undefined : gt(recipients.id, id))
      const rows = await readRecipients(where, [asc(recipients.id)], limit + 1)
      return pageOf(rows, limit, (recipient) => encodeCursor([recipient.id]))
    },
    recipientsById: (ids) => readRecipients(sql`${recipients.id} in ${listOf(ids)}`, [], ids.length),
    async names(ids) {
      const rows = await db
        .select({ id: recipients.id, name: recipients.name })
        .from(recipients)
        .where(sql`${recipients.id} in ${listOf(ids)}`)
      return new Map(rows.map((row) => [row.id, row.name]))
    },
    deliveriesOf: (ids) => readDeliveries(database, ids),
    ofPerson: (personId, limit) => {
      const hadTurn = sql`(${recipients.startedAt} is not null or ${recipients.nextAt} is not null
        or ${recipients.acknowledgedAt} is not null
        or exists (select 1 from alerts a where a.id = ${recipients.alertId} and a.decides = 0))`
      return readRecipients(and(eq(recipients.personId, personId), isOne, hadTurn), [desc(recipients.alertId)], limit)
    },
    async byAddress(address, kinds, since) {
      const rows = await byAddress().all({ hash: vault.lookUp(address), kinds: JSON.stringify(kinds), since })
      return rows.map((row) => ({ recipient: toRecipient(row.recipient), alert: toAlert(row.alert) }))
    },
    timeline: (alertId, after, limit) =>
      db
        .select()
        .from(timeline)
        .where(and(eq(timeline.alertId, alertId), after === null ? undefined : gt(timeline.id, after)))
        .orderBy(asc(timeline.id))
        .limit(limit),
    note: (entry) => built(db.insert(timeline).values(entry)),
    noteIfChanged: (entry) =>
      statement(sql`insert into timeline (id, alert_id, at, kind, recipient_id, data)
        select ${entry.id}, ${entry.alertId}, ${entry.at}, ${entry.kind}, ${entry.recipientId}, ${JSON.stringify(entry.data)}
        where changes() > 0`),
  }
}

/** Not somebody who is only told about the alert for the sake of running it. Drizzle's `eq` would bind the 0. */
const isOne = sql`${recipients.informed} = 0`

const alertColumns = {
  ...getTableColumns(alerts),
  manifest: sql<string>`${alerts.manifest}`,
  updates: sql<string>`(select json_group_array(json_object('number', number, 'at', at, 'by', by, 'audience', audience,
    'texts', json(texts)) order by number) from updates where alert_id = alerts.id)`,
}

function toAlert(row: Omit<typeof alerts.$inferSelect, 'manifest'> & { manifest: string; updates: string }): Alert {
  const { expandedTo: _, decides: __, decideAt: ___, stirred: ____, decided: _____, manifest, updates, ...alert } = row
  return { ...alert, manifest: readManifest(manifest), updates: JSON.parse(updates) as Alert['updates'] }
}

function toRecipient({
  position: _,
  linkHash: __,
  nextStep: ___,
  startedAt: ____,
  notNeededAt: _____,
  neededAgainAt: ______,
  informed: _______,
  wordSeries,
  wordNumber,
  rung,
  ...row
}: typeof recipients.$inferSelect): Recipient {
  const word = wordSeries === null || wordNumber === null ? null : { series: wordSeries, number: wordNumber }
  return { ...row, word, rung: rungAt(rung) }
}
