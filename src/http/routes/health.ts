import { z } from 'zod'
import { readMetrics } from '../../application/carriers/read-metrics.ts'
import { showCarriers } from '../../application/carriers/show-carriers.ts'
import { checkReadiness, checkService } from '../../application/check-readiness.ts'
import { carrierState } from '../../contract/carriers.ts'
import { readiness, serviceState } from '../../contract/readiness.ts'
import { page } from '../../contract/shapes.ts'
import { type Route, STAFF } from '../route.ts'
import { METRICS_TYPE, writeMetrics } from '../write-metrics.ts'

const health = z.object({ ok: z.boolean() })

export const healthRoutes: Route[] = [
  {
    method: 'GET',
    path: '/healthz',
    rule: 'public',
    summary: 'The process answers',
    response: health,
    handle: (c) => c.json({ ok: true }),
  },
  {
    method: 'GET',
    path: '/readyz',
    rule: 'public',
    summary: 'The service works: the database answers and a channel is set up',
    response: serviceState,
    async handle(c) {
      const { database, channels } = await checkService(c.var.deps)
      const ok = database && channels.length > 0
      return c.json({ ok, database, channels }, ok ? 200 : 503)
    },
  },
  {
    method: 'GET',
    path: '/api/v1/readiness',
    forRaisingKeys: true,
    rule: STAFF,
    summary: 'Whether an alert could be raised now, and what is missing',
    response: readiness,
    handle: async (c) => c.json(await checkReadiness(c.var.deps)),
  },
  {
    method: 'GET',
    path: '/metrics',
    rule: STAFF,
    summary: 'Figures for Prometheus, without personal data',
    handle: async (c) => c.text(writeMetrics(await readMetrics(c.var.deps)), 200, { 'content-type': METRICS_TYPE }),
  },
  {
    method: 'GET',
    path: '/api/v1/carriers',
    rule: STAFF,
    summary: 'How every carrier does on every channel, and where its messages go when it is set aside',
    response: page(carrierState),
    handle: async (c) => c.json({ items: await showCarriers(c.var.deps), nextCursor: null }),
  },
]
