import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { authenticate } from '../../application/access/sign-in.ts'
import type { Actor } from '../../domain/access/role.ts'
import { isRaisingKey } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { type AppContext, type AppEnv, HOST, type Route } from '../route.ts'
import { sessionCookie } from '../session-cookie.ts'

/** The one place that decides who may use a route. */
export function authorise(route: Route) {
  return createMiddleware<AppEnv>(async (c, next) => {
    if (typeof route.rule === 'string') return next()
    await identify(c)
    const refusal = refuse(route, c.var.actor)
    if (refusal) throw refusal
    c.set('mayStill', async () => {
      await identify(c)
      return refuse(route, c.var.actor) === null
    })
    return next()
  })
}

function refuse(route: Route, actor: Actor | null): Problem | null {
  if (actor === null) {
    return new Problem('unauthenticated', 'access.sign_in', 'Sign in, or send a key as "Authorization: Bearer".')
  }
  if ((actor.kind === 'account' || actor.kind === 'key') && !route.rule.includes(actor.role)) {
    return new Problem('forbidden', 'access.role', 'Your role may not do this.')
  }
  // Such a key sits in a sensor or a monitor: whoever steals it must not read the contact list.
  if (isRaisingKey(actor) && !route.forRaisingKeys) {
    return new Problem('forbidden', 'key.only_raises', 'This key may only raise the templates that it names.')
  }
  return null
}

async function identify(c: AppContext): Promise<void> {
  if (c.env?.[HOST]) return c.set('actor', { kind: 'host' })
  const bearer = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  const secret = getCookie(c, sessionCookie(c.var.deps.settings.publicUrl).name)
  const credential = bearer ? { key: bearer } : secret ? { session: secret } : null
  const found = credential && (await authenticate(c.var.deps, credential))
  c.set('actor', found?.actor ?? null)
  c.set('sessionEnds', found?.expiresAt ?? null)
  c.set('session', found?.session ?? null)
}
