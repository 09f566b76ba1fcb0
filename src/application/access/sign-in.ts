import { type Actor, type KeyRole, nameOf, type Role } from '../../domain/access/role.ts'
import { DAY, HOUR, MINUTE } from '../../domain/clock.ts'
import { Problem } from '../../domain/errors.ts'
import { audited, auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, type Once } from '../once.ts'
import type { Account, Key } from '../ports/access-store.ts'

const INVITATION_LASTS = 7 * DAY
const SESSION_LASTS: Record<Role, number> = {
  commander: 12 * HOUR,
  administrator: 12 * HOUR,
  risk_manager: 12 * HOUR,
  responder: 90 * DAY,
}

/**
 * Makes an account and a link with which its owner can sign in once. The secret stands behind a `#`, so that it
 * reaches no server log, and opening the page uses nothing up.
 *
 * @throws Problem `person.unknown`; `invitation.shown_once` when the same request was carried out before
 */
export async function invite(
  deps: Deps,
  actor: Actor,
  body: { name: string; role: Role; person?: string | undefined },
  once: Once | null = null,
): Promise<{ id: string; link: string; expiresAt: number }> {
  if (body.person !== undefined && (await deps.store.people.find([body.person])).length === 0) {
    throw new Problem('invalid', 'person.unknown', 'There is no such person.', { field: 'person' })
  }
  const now = deps.clock()
  const token = deps.vault.newSecret()
  const account: Account = { id: deps.newId(), name: body.name, role: body.role, personId: body.person ?? null }
  const expiresAt = now + INVITATION_LASTS
  const statements = [
    deps.store.access.saveAccount(account, now),
    deps.store.access.saveInvitation({
      id: deps.newId(),
      tokenHash: deps.vault.hashSecret(token),
      accountId: account.id,
      createdAt: now,
      expiresAt,
    }),
    audited(deps, actor, 'account.invite', account.id, { role: body.role }),
  ]
  const { repeated } = await commitOnce(deps, actor, once, statements, { id: account.id })
  if (repeated) {
    throw new Problem('conflict', 'invitation.shown_once', 'This link was made already, and is shown only once.')
  }
  return { id: account.id, link: `${deps.settings.publicUrl}/sign-in#${token}`, expiresAt }
}

/** Uses a one-time link up. @throws Problem `sign_in.link`, the same for unknown, used and expired ones */
export async function signIn(
  deps: Deps,
  token: string,
): Promise<{ secret: string; account: Account; expiresAt: number }> {
  const { store, vault } = deps
  const now = deps.clock()
  const tokenHash = vault.hashSecret(token)
  const account = await store.access.invitation(tokenHash, now)
  const refused = new Problem('unauthenticated', 'sign_in.link', 'This link is not valid any more. Ask for a new one.')
  if (!account) throw refused
  const secret = vault.newSecret()
  const expiresAt = now + SESSION_LASTS[account.role]
  const actor: Actor = { kind: 'account', ...account }
  const [, opened] = await store.commit([
    store.access.useInvitation(tokenHash, now),
    store.access.openSession(
      { id: deps.newId(), accountId: account.id, createdAt: now, expiresAt },
      vault.hashSecret(secret),
    ),
    auditedIfChanged(deps, actor, 'session.open', account.id),
  ])
  if (!opened || opened.length === 0) throw refused
  return { secret, account, expiresAt }
}

/** Milliseconds. */
const LONGEST_NOTE = 100

/** Who a session or key belongs to; null when it is not valid. */
export async function authenticate(
  deps: Deps,
  credential: { session: string } | { key: string },
): Promise<{ actor: Actor; session: string | null; expiresAt: number | null } | null> {
  const { store, vault } = deps
  const now = deps.clock()
  if ('session' in credential) {
    const found = await store.access.session(vault.hashSecret(credential.session), now)
    return found && { actor: { kind: 'account', ...found.account }, session: found.id, expiresAt: found.expiresAt }
  }
  const key = await store.access.key(vault.hashSecret(credential.key), now)
  if (!key) return null
  if (now - (key.lastUsedAt ?? 0) >= MINUTE) await noteUse(deps, key.id, now)
  const { id, name, role, mayRaise } = key
  return { actor: { kind: 'key', id, name, role, mayRaise }, session: null, expiresAt: key.expiresAt }
}

/** For whoever tidies up keys. It is no reason to refuse or delay what the key asks for: that may be an alert. */
async function noteUse(deps: Deps, id: string, now: number): Promise<void> {
  const noted = deps.store.commit([deps.store.access.touchKey(id, now)]).catch(() => undefined)
  await Promise.race([noted, deps.pause(LONGEST_NOTE)])
}

/** Makes a key for a machine. The secret is shown this once. */
export async function createKey(
  deps: Deps,
  actor: Actor,
  body: { name: string; role: KeyRole; mayRaise?: string[] | undefined; expiresAt?: number | undefined },
  once: Once | null,
): Promise<Key & { secret: string }> {
  const secret = `tk_${deps.vault.newSecret()}`
  const key: Key = {
    id: deps.newId(),
    name: body.name,
    role: body.role,
    mayRaise: body.mayRaise ?? null,
    createdAt: deps.clock(),
    createdBy: nameOf(actor),
    expiresAt: body.expiresAt ?? null,
    lastUsedAt: null,
  }
  const statements = [
    deps.store.access.saveKey(key, deps.vault.hashSecret(secret)),
    audited(deps, actor, 'key.create', key.id, { role: key.role, mayRaise: key.mayRaise }),
  ]
  // What is remembered for a repetition leaves the secret out: it is kept nowhere.
  const { repeated } = await commitOnce(deps, actor, once, statements, { id: key.id })
  if (repeated) {
    throw new Problem('conflict', 'key.shown_once', 'This key was made already, and its secret is shown only once.')
  }
  return { ...key, secret }
}

/** @throws Problem `key.unknown` */
export async function revokeKey(deps: Deps, actor: Actor, id: string): Promise<void> {
  const [revoked] = await deps.store.commit([
    deps.store.access.revokeKey(id, deps.clock()),
    auditedIfChanged(deps, actor, 'key.revoke', id),
  ])
  if (!revoked || revoked.length === 0) throw new Problem('missing', 'key.unknown', 'There is no such key.')
}
