import { z } from 'zod'
import { checkReadiness, checkService } from '../../application/check-readiness.ts'
import { readiness, serviceState } from '../../contract/readiness.ts'
import { type Route, STAFF } from '../route.ts'

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
    async handle(c) {
      const { store, clock } = c.var.deps
      const due = await store.outbox.nextDue()
      const { items } = await store.alerts.list({ cursor: null, limit: 500 })
      const open = items.filter((alert) => alert.state === 'open').length
      const late = due === null ? 0 : Math.max(0, clock() - due) / 1000
      return c.text(
        [
          '# HELP tocsin_open_alerts Alerts that are running.',
          '# TYPE tocsin_open_alerts gauge',
          `tocsin_open_alerts ${open}`,
          '# HELP tocsin_overdue_seconds How long the oldest due step or message has been waiting.',
          '# TYPE tocsin_overdue_seconds gauge',
          `tocsin_overdue_seconds ${late}`,
          '',
        ].join('\n'),
      )
    },
  },
]
