import type { KeyRole, Role } from '../../domain/access/role.ts'
import type { Page, PageRequest } from './page.ts'
import type { Statement } from './statement.ts'

export interface Account {
  id: string
  personId: string | null
  name: string
  role: Role
}

/** An account with what it could be used by now. */
export interface AccountUse extends Account {
  createdAt: number
  /** Until when a one-time link of it is still good; null when none is. */
  linkUntil: number | null
  sessions: number
}

export interface Session {
  id: string
  accountId: string
  createdAt: number
  expiresAt: number
}

export interface Key {
  id: string
  name: string
  role: KeyRole
  mayRaise: string[] | null
  createdAt: number
  createdBy: string
  expiresAt: number | null
  lastUsedAt: number | null
}

/** Who could raise an alert: `known` when there is an account or key for it, `ready` when one could come in now. */
export interface Raisers {
  known: boolean
  ready: boolean
}

/** Secrets reach the store as hashes only. */
export interface AccessStore {
  raisers(now: number): Promise<Raisers>
  account(id: string): Promise<Account | null>
  /** Those that were not removed, by name. */
  accounts(request: PageRequest, now: number): Promise<Page<AccountUse>>
  /** Names of accounts and keys by id, also of those that were removed. */
  namesOf(ids: readonly string[]): Promise<Map<string, string>>
  saveAccount(account: Account, now: number): Statement
  /** Answers a row only when the account was there and is not the last administrator. */
  removeAccount(id: string, now: number): Statement
  saveInvitation(invitation: {
    id: string
    tokenHash: string
    accountId: string
    createdAt: number
    expiresAt: number
  }): Statement
  invitation(tokenHash: string, now: number): Promise<Account | null>
  /** Answers a row only when the link was unused and not expired. */
  useInvitation(tokenHash: string, now: number): Statement
  /** Opens a session if the statement before it in the same commit answered a row. */
  openSession(session: Session, tokenHash: string): Statement
  session(tokenHash: string, now: number): Promise<{ id: string; account: Account; expiresAt: number } | null>
  /** Those that have not expired, newest first. */
  sessions(accountId: string, now: number): Promise<Session[]>
  /** Answers a row for every session that was there; null for all sessions of the account. */
  endSessions(accountId: string, id: string | null): Statement
  /** Takes the sessions of an account away that was removed; does nothing to any other. */
  forgetSessions(accountId: string): Statement
  saveKey(key: Key, secretHash: string): Statement
  key(secretHash: string, now: number): Promise<Key | null>
  keys(): Promise<Key[]>
  revokeKey(id: string, now: number): Statement
  /** Notes that a key is in use. */
  touchKey(id: string, now: number): Statement
}
