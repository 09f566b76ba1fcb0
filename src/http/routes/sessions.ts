import { deleteCookie, setCookie } from 'hono/cookie'
import { endOwnSession, listSessions } from '../../application/access/end-access.ts'
import { signIn } from '../../application/access/sign-in.ts'
import { toIso } from '../../application/alerts/view-alert.ts'
import type { Session } from '../../application/ports/access-store.ts'
import { openSession, type SessionView, session, signIn as signInBody } from '../../contract/access.ts'
import { page } from '../../contract/shapes.ts'
import { Problem } from '../../domain/errors.ts'
import { actorOf, param, readBody } from '../read-input.ts'
import { ALL_ROLES, type AppContext, type Route } from '../route.ts'
import { sessionCookie } from '../session-cookie.ts'

export const sessionRoutes: Route[] = [
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
      if (c.var.session !== null) await endOwnSession(c.var.deps, actorOf(c), c.var.session)
      const { name, options } = sessionCookie(c.var.deps.settings.publicUrl)
      deleteCookie(c, name, options)
      return c.body(null, 204)
    },
  },
  {
    method: 'GET',
    path: '/api/v1/my/sessions',
    rule: ALL_ROLES,
    summary: 'Where you are signed in, newest first',
    response: page(openSession),
    async handle(c) {
      const actor = actorOf(c)
      const own = actor.kind === 'account' ? await listSessions(c.var.deps, actor.id) : []
      return c.json({ items: own.map((one) => viewOpenSession(c, one)), nextCursor: null })
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/my/sessions/:id',
    rule: ALL_ROLES,
    summary: 'Sign yourself out in one of these places, as for a lost phone',
    async handle(c) {
      await endOwnSession(c.var.deps, actorOf(c), param(c, 'id'))
      return c.body(null, 204)
    },
  },
]

export function viewOpenSession(c: AppContext, { id, createdAt, expiresAt }: Session) {
  return { id, createdAt: toIso(createdAt), expiresAt: toIso(expiresAt), current: id === c.var.session }
}

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
