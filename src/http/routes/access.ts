import { deleteCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { createKey, invite, revokeKey, signIn, signOut } from '../../application/access/sign-in.ts'
import { toIso } from '../../application/alerts/view-alert.ts'
import type { Key } from '../../application/ports/access-store.ts'
import type { SessionView } from '../../contract/access.ts'
import {
  invitation,
  invitationBody,
  key,
  keyBody,
  newKey,
  session,
  signIn as signInBody,
} from '../../contract/access.ts'
import { page } from '../../contract/shapes.ts'
import { Problem } from '../../domain/errors.ts'
import { actorOf, param, readBody, readOnce, readPage } from '../read-input.ts'
import { ALL_ROLES, type AppContext, type Route } from '../route.ts'
import { sessionCookie } from '../session-cookie.ts'

const ADMINISTRATORS = ['administrator'] as const
const auditEntry = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.string(),
  act: z.string(),
  subject: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
})

export const accessRoutes: Route[] = [
  {
    method: 'POST',
    path: '/api/v1/session',
    rule: 'public',
    summary: 'Sign in with a one-time link',
    body: signInBody,
    response: session,
    async handle(c) {
      const { token } = await readBody(c, signInBody)
      const { secret, account, expiresAt } = await signIn(c.var.deps, token)
      const { name, options } = sessionCookie(c.var.deps.settings.publicUrl)
      setCookie(c, name, secret, { ...options, expires: new Date(expiresAt) })
      return c.json(viewSession(c, account, expiresAt))
    },
  },
  {
    method: 'GET',
    path: '/api/v1/session',
    rule: ALL_ROLES,
    summary: 'Who is signed in',
    response: session,
    handle(c) {
      const actor = actorOf(c)
      if (actor.kind !== 'account') throw new Problem('missing', 'session.none', 'A key has no session.')
      return c.json(viewSession(c, actor, c.var.sessionEnds ?? 0))
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/session',
    rule: ALL_ROLES,
    summary: 'Sign out',
    async handle(c) {
      if (c.var.sessionSecret !== null) await signOut(c.var.deps, actorOf(c), c.var.sessionSecret)
      const { name, options } = sessionCookie(c.var.deps.settings.publicUrl)
      deleteCookie(c, name, options)
      return c.body(null, 204)
    },
  },
  {
    method: 'POST',
    path: '/api/v1/accounts/invitations',
    rule: ADMINISTRATORS,
    summary: 'Invite somebody by a one-time link',
    body: invitationBody,
    response: invitation,
    async handle(c) {
      const once = await readOnce(c)
      const made = await invite(c.var.deps, actorOf(c), await readBody(c, invitationBody), once)
      return c.json({ ...made, expiresAt: toIso(made.expiresAt) }, 201)
    },
  },
  {
    method: 'GET',
    path: '/api/v1/keys',
    rule: ADMINISTRATORS,
    summary: 'Keys of machines, without their secrets',
    response: page(key),
    async handle(c) {
      return c.json({ items: (await c.var.deps.store.access.keys()).map(viewKey), nextCursor: null })
    },
  },
  {
    method: 'POST',
    path: '/api/v1/keys',
    rule: ADMINISTRATORS,
    summary: 'Make a key; its secret is shown this once',
    body: keyBody,
    response: newKey,
    async handle(c) {
      const once = await readOnce(c)
      const { expiresAt, ...body } = await readBody(c, keyBody)
      const until = expiresAt === undefined ? undefined : Date.parse(expiresAt)
      const { secret, ...made } = await createKey(c.var.deps, actorOf(c), { ...body, expiresAt: until }, once)
      return c.json({ ...viewKey(made), secret }, 201)
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/keys/:id',
    rule: ADMINISTRATORS,
    summary: 'Revoke a key',
    async handle(c) {
      await revokeKey(c.var.deps, actorOf(c), param(c, 'id'))
      return c.body(null, 204)
    },
  },
  {
    method: 'GET',
    path: '/api/v1/audit',
    rule: ['administrator', 'risk_manager'],
    summary: 'Every act, newest first',
    response: page(auditEntry),
    async handle(c) {
      const { items, nextCursor } = await c.var.deps.store.records.auditEntries(readPage(c))
      return c.json({ items: items.map((entry) => ({ ...entry, at: toIso(entry.at) })), nextCursor })
    },
  },
]

function viewSession(
  c: AppContext,
  account: { id: string; name: string; role: SessionView['account']['role']; personId: string | null },
  expiresAt: number,
): SessionView {
  const { settings } = c.var.deps
  return {
    account: { id: account.id, name: account.name, role: account.role, person: account.personId },
    organisation: {
      name: settings.organisation,
      demo: settings.demo,
      language: settings.language,
      region: settings.region,
    },
    vapidPublicKey: settings.vapidPublicKey,
    expiresAt: toIso(expiresAt),
  }
}

function viewKey({ createdBy: _, ...row }: Key) {
  return {
    ...row,
    createdAt: toIso(row.createdAt),
    expiresAt: row.expiresAt === null ? null : toIso(row.expiresAt),
    lastUsedAt: row.lastUsedAt === null ? null : toIso(row.lastUsedAt),
  }
}
