import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../route.ts'

/** No cache on the way, and no disk of a shared computer, may keep who was alerted and what they answered. */
export const KEPT_NOWHERE = { 'cache-control': 'no-store' }

/** For every route of the table; files of the app say for themselves how long they last. */
export const keepNowhere = createMiddleware<AppEnv>(async (c, next) => {
  await next()
  c.header('cache-control', KEPT_NOWHERE['cache-control'])
})
