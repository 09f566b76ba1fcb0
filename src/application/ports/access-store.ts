import type { Role } from '../../domain/access/role.ts'
import type { Statement } from './statement.ts'

export interface Account {
  id: string
  personId: string | null
  name: string
  role: Role
}

export interface Key {
  id: string
  name: string
  role: Role
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
  saveAccount(account: Account, now: number): Statement
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
  openSession(session: { tokenHash: string; accountId: string; createdAt: number; expiresAt: number }): Statement
  session(tokenHash: string, now: number): Promise<{ account: Account; expiresAt: number } | null>
  endSession(tokenHash: string): Statement
  saveKey(key: Key, secretHash: string): Statement
  key(secretHash: string, now: number): Promise<Key | null>
  keys(): Promise<Key[]>
  revokeKey(id: string, now: number): Statement
}
