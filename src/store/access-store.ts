import { and, asc, desc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { AccessStore, Account, Key } from '../application/ports/access-store.ts'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'
import { built, type Database, listOf, rowsOf, statement } from './database.ts'
import { accounts, invitations, keys, sessions } from './schema/access.ts'

const account = { id: accounts.id, personId: accounts.personId, name: accounts.name, role: accounts.role }

export function createAccessStore(database: Database): AccessStore {
  const { db } = database
  const presentAccount = isNull(accounts.removedAt)
  return {
    async raisers(now) {
      const [row] = await rowsOf(
        database,
        sql`with commanders as (select id from accounts where role = 'commander' and removed_at is null),
          usable as (select id from keys where role = 'commander' and revoked_at is null
            and (expires_at is null or expires_at > ${now}))
          select exists (select 1 from commanders) or exists (select 1 from usable) as known,
            exists (select 1 from usable)
            or exists (select 1 from sessions s join commanders c on c.id = s.account_id where s.expires_at > ${now})
            or exists (select 1 from invitations i join commanders c on c.id = i.account_id
              where i.used_at is null and i.expires_at > ${now}) as ready`,
      )
      return { known: row?.known === 1, ready: row?.ready === 1 }
    },
    async account(id) {
      const [row] = await db
        .select(account)
        .from(accounts)
        .where(and(eq(accounts.id, id), presentAccount))
      return row ?? null
    },
    async accounts({ cursor, limit }, now) {
      const after = decodeCursor(cursor, 2)
      const [name = '', id = ''] = after ?? []
      const rows = await db
        .select({
          ...account,
          createdAt: accounts.createdAt,
          linkUntil: sql<number | null>`(select max(expires_at) from invitations i
            where i.account_id = accounts.id and i.used_at is null and i.expires_at > ${now})`,
          sessions: sql<number>`(select count(*) from sessions s where s.account_id = accounts.id and s.expires_at > ${now})`,
        })
        .from(accounts)
        .where(and(presentAccount, after ? sql`(${accounts.name}, ${accounts.id}) > (${name}, ${id})` : undefined))
        .orderBy(asc(accounts.name), asc(accounts.id))
        .limit(limit + 1)
      return pageOf(rows, limit, (row) => encodeCursor([row.name, row.id]))
    },
    async namesOf(ids) {
      const given = listOf(ids)
      const rows = await rowsOf(
        database,
        sql`select id, name from accounts where id in ${given} union all select id, name from keys where id in ${given}`,
      )
      return new Map(rows.map((row) => [String(row.id), String(row.name)]))
    },
    removeAccount: (id, now) =>
      statement(sql`update accounts set removed_at = ${now}
        where id = ${id} and removed_at is null and (role <> 'administrator' or exists (
          select 1 from accounts other where other.role = 'administrator' and other.removed_at is null and other.id <> ${id}))
        returning id`),
    saveAccount: (row: Account, now) => built(db.insert(accounts).values({ ...row, createdAt: now })),
    saveInvitation: (row) => built(db.insert(invitations).values(row)),
    async invitation(tokenHash, now) {
      const [row] = await db
        .select(account)
        .from(invitations)
        .innerJoin(accounts, eq(accounts.id, invitations.accountId))
        .where(
          and(
            eq(invitations.tokenHash, tokenHash),
            isNull(invitations.usedAt),
            gt(invitations.expiresAt, now),
            presentAccount,
          ),
        )
      return row ?? null
    },
    useInvitation: (tokenHash, now) =>
      statement(sql`update invitations set used_at = ${now}
        where token_hash = ${tokenHash} and used_at is null and expires_at > ${now} returning id`),
    openSession: ({ id, accountId, createdAt, expiresAt }, tokenHash) =>
      statement(sql`insert into sessions (token_hash, id, account_id, created_at, expires_at)
        select ${tokenHash}, ${id}, ${accountId}, ${createdAt}, ${expiresAt}
        where changes() > 0 returning id`),
    async session(tokenHash, now) {
      const [row] = await db
        .select({ id: sessions.id, account, expiresAt: sessions.expiresAt })
        .from(sessions)
        .innerJoin(accounts, eq(accounts.id, sessions.accountId))
        .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now), presentAccount))
      return row ?? null
    },
    async sessions(accountId, now) {
      const rows = await db
        .select()
        .from(sessions)
        .where(and(eq(sessions.accountId, accountId), gt(sessions.expiresAt, now)))
        .orderBy(desc(sessions.createdAt), desc(sessions.id))
      return rows.map(({ tokenHash: _, ...session }) => session)
    },
    endSessions: (accountId, id) =>
      statement(sql`delete from sessions where account_id = ${accountId} and id = coalesce(${id}, id) returning id`),
    forgetSessions: (accountId) =>
      statement(sql`delete from sessions where account_id = ${accountId}
        and exists (select 1 from accounts where id = ${accountId} and removed_at is not null)`),
    saveKey: (key, secretHash) => built(db.insert(keys).values({ ...key, secretHash })),
    async key(secretHash, now) {
      const [row] = await db
        .select()
        .from(keys)
        .where(
          and(
            eq(keys.secretHash, secretHash),
            isNull(keys.revokedAt),
            or(isNull(keys.expiresAt), gt(keys.expiresAt, now)),
          ),
        )
      return row ? toKey(row) : null
    },
    async keys() {
      return (await db.select().from(keys).where(isNull(keys.revokedAt)).orderBy(asc(keys.id))).map(toKey)
    },
    revokeKey: (id, now) =>
      statement(sql`update keys set revoked_at = ${now} where id = ${id} and revoked_at is null returning id`),
    touchKey: (id, now) => statement(sql`update keys set last_used_at = ${now} where id = ${id}`),
  }
}

function toKey({ secretHash: _, revokedAt: __, ...row }: typeof keys.$inferSelect): Key {
  return { ...row, mayRaise: row.mayRaise ?? null }
}
