import { createMiddleware } from 'hono/factory'
import { Problem } from '../../domain/errors.ts'
import type { AppEnv, Route } from '../route.ts'

/**
 * A page of another site must not act here with the visitor's cookie. Carriers prove themselves by their signature; keys
 * are not sent by browsers on their own; whoever holds the token of an answer page may answer, also from a browser that
 * hides where its form came from, as all do where a page asks them to send no referrer (Fetch, "append a request
 * `Origin` header").
 */
export function refuseOtherSites({ rule }: Route) {
  return createMiddleware<AppEnv>(async (c, next) => {
    if (rule === 'signature' || ['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) return next()
    const origin = c.req.header('origin')
    const site = c.req.header('sec-fetch-site')
    if (rule === 'link' && (origin === undefined || origin === 'null')) return next()
    const own = [new URL(c.var.deps.settings.publicUrl).origin, new URL(c.req.url).origin]
    const foreign =
      origin !== undefined ? !own.includes(origin) : site !== undefined && !['same-origin', 'none'].includes(site)
    if (foreign) throw new Problem('forbidden', 'access.other_site', 'This request came from another site.')
    return next()
  })
}
