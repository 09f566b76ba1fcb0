import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { AccessStore, Account, Key } from '../application/ports/access-store.ts'
import { built, type Database, statement } from './database.ts'
import { accounts, invitations, keys, sessions } from './schema/access.ts'

const account = { id: accounts.id, personId: accounts.personId, name: accounts.name, role: accounts.role }

export function createAccessStore({ db }: Database): AccessStore {
  const presentAccount = isNull(accounts.removedAt)
  return {
    async account(id) {
      const [row] = await db
        .select(account)
        .from(accounts)
        .where(and(eq(accounts.id, id), presentAccount))
      return row ?? null
    },
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
    openSession: (session) =>
      statement(sql`insert into sessions (token_hash, account_id, created_at, seen_at, expires_at)
        select ${session.tokenHash}, ${session.accountId}, ${session.createdAt}, ${session.createdAt}, ${session.expiresAt}
        where changes() > 0 returning token_hash`),
    async session(tokenHash, now) {
      const [row] = await db
        .select({ account, expiresAt: sessions.expiresAt })
        .from(sessions)
        .innerJoin(accounts, eq(accounts.id, sessions.accountId))
        .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now), presentAccount))
      return row ?? null
    },
    endSession: (tokenHash) => statement(sql`delete from sessions where token_hash = ${tokenHash}`),
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
  }
}

function toKey({ secretHash: _, revokedAt: __, ...row }: typeof keys.$inferSelect): Key {
  return { ...row, mayRaise: row.mayRaise ?? null }
}
