import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { authenticate } from '../../application/access/sign-in.ts'
import { Problem } from '../../domain/errors.ts'
import { type AppContext, type AppEnv, HOST, type Route } from '../route.ts'
import { sessionCookie } from '../session-cookie.ts'

/** The one place that decides who may use a route. */
export function authorise(route: Route) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const { rule } = route
    if (typeof rule === 'string') return next()
    await identify(c)
    const { actor } = c.var
    if (actor === null) {
      throw new Problem('unauthenticated', 'access.sign_in', 'Sign in, or send a key as "Authorization: Bearer".')
    }
    if ((actor.kind === 'account' || actor.kind === 'key') && !rule.includes(actor.role)) {
      throw new Problem('forbidden', 'access.role', 'Your role may not do this.')
    }
    // Such a key sits in a sensor or a monitor: whoever steals it must not read the contact list.
    if (actor.kind === 'key' && actor.mayRaise !== null && !route.forRaisingKeys) {
      throw new Problem('forbidden', 'key.only_raises', 'This key may only raise the templates that it names.')
    }
    return next()
  })
}

async function identify(c: AppContext): Promise<void> {
  if (c.env?.[HOST]) return c.set('actor', { kind: 'host' })
  const bearer = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  const secret = getCookie(c, sessionCookie(c.var.deps.settings.publicUrl).name)
  const credential = bearer ? { key: bearer } : secret ? { session: secret } : null
  const found = credential && (await authenticate(c.var.deps, credential))
  if (!found) return
  c.set('actor', found.actor)
  c.set('sessionEnds', found.expiresAt)
  if (!bearer && secret) c.set('sessionSecret', secret)
}
