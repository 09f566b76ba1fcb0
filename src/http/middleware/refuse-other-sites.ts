import { createMiddleware } from 'hono/factory'
import { Problem } from '../../domain/errors.ts'
import type { AppEnv } from '../route.ts'

/**
 * A page of another site must not act here with the visitor's cookie. Carriers send no Origin and prove themselves by
 * their signature; keys are not sent by browsers on their own.
 */
export const refuseOtherSites = createMiddleware<AppEnv>(async (c, next) => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) return next()
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  const own = [new URL(c.var.deps.settings.publicUrl).origin, new URL(c.req.url).origin]
  const foreign =
    origin !== undefined ? !own.includes(origin) : site !== undefined && !['same-origin', 'none'].includes(site)
  if (foreign) throw new Problem('forbidden', 'access.other_site', 'This request came from another site.')
  return next()
})
