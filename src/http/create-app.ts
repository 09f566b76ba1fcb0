import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Deps } from '../application/deps.ts'
import { Problem } from '../domain/errors.ts'
import { answerProblem } from './answer-problem.ts'
import { carrierCallbacks } from './callbacks/carrier-callbacks.ts'
import { authorise } from './middleware/authorise.ts'
import { keepNowhere } from './middleware/keep-nowhere.ts'
import { limitBody } from './middleware/limit-body.ts'
import { refuseOtherSites } from './middleware/refuse-other-sites.ts'
import type { AppContext, AppEnv, Route } from './route.ts'
import { accessRoutes } from './routes/access.ts'
import { accountRoutes } from './routes/accounts.ts'
import { alertRoutes } from './routes/alerts.ts'
import { cardRoutes } from './routes/cards.ts'
import { checkRoutes } from './routes/checks.ts'
import { detailsRoutes } from './routes/details.ts'
import { documentationRoutes } from './routes/documentation.ts'
import { exportRoutes } from './routes/exports.ts'
import { healthRoutes } from './routes/health.ts'
import { historyRoutes } from './routes/history.ts'
import { importRoutes } from './routes/imports.ts'
import { linkRoutes } from './routes/links.ts'
import { myRoutes } from './routes/mine.ts'
import { peopleRoutes } from './routes/people.ts'
import { reachRoutes } from './routes/reach.ts'
import { removalRoutes } from './routes/removals.ts'
import { reportRoutes } from './routes/reports.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { templateRoutes } from './routes/templates.ts'
import { treeRoutes } from './routes/trees.ts'
import { answerScimProblem, isScim } from './scim/answer-scim.ts'
import { discoveryRoutes } from './scim/discovery-routes.ts'
import { resourceRoutes } from './scim/resource-routes.ts'

export interface AppOptions {
  /** The dependencies of a request: one for all on Node, made from the bindings on Workers. */
  depsOf: (c: AppContext) => Deps
  /** A file of the app by its path; null where there is none. */
  asset: (c: AppContext, path: string) => Promise<Response | null>
}

/** Paths at which the app itself decides what to show. */
const SCREENS = [
  '/',
  '/sign-in',
  '/raise',
  '/alerts/:id',
  '/people',
  '/people/:id',
  '/trees',
  '/trees/:id',
  '/templates',
  '/words',
  '/my/:id',
  '/reports/:id',
]
const MEGABYTE = 1024 * 1024

/** Every route there is, with the rule of who may use it; tests are generated from it. */
export const ROUTES: readonly Route[] = [
  ...healthRoutes,
  ...sessionRoutes,
  ...accountRoutes,
  ...accessRoutes,
  ...removalRoutes,
  ...exportRoutes,
  ...peopleRoutes,
  ...importRoutes,
  ...treeRoutes,
  ...historyRoutes,
  ...reachRoutes,
  ...checkRoutes,
  ...detailsRoutes,
  ...templateRoutes,
  ...alertRoutes,
  ...myRoutes,
  ...cardRoutes,
  ...reportRoutes,
  ...linkRoutes,
  ...discoveryRoutes,
  ...resourceRoutes,
  ...carrierCallbacks,
]

/** The whole service over HTTP, the same in both homes. What is not in the table of routes is not found. */
export function createApp(options: AppOptions): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    c.set('deps', options.depsOf(c))
    c.set('actor', null)
    c.set('session', null)
    c.set('sessionEnds', null)
    c.set('mayStill', async () => true)
    await next()
  })
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
      xFrameOptions: 'DENY',
    }),
  )
  for (const route of [...ROUTES, ...documentationRoutes(ROUTES)]) {
    const limit = limitBody(route.bodyLimit ?? MEGABYTE)
    app.on(route.method, route.path, keepNowhere, refuseOtherSites(route), authorise(route), limit, route.handle)
  }
  app.get('*', async (c, next) => {
    const path = new URL(c.req.url).pathname
    return (await options.asset(c, path)) ?? next()
  })
  for (const screen of SCREENS) {
    app.get(screen, async (c, next) => (await options.asset(c, '/index.html')) ?? next())
  }
  const answer = (error: unknown, c: AppContext) => (isScim(c) ? answerScimProblem(error, c) : answerProblem(error, c))
  app.notFound((c) => answer(new Problem('missing', 'route.unknown', 'There is nothing here.'), c))
  app.onError((error, c) => answer(error, c))
  return app
}
