import { z } from 'zod'
import { CHANNELS } from '../../domain/deliveries/channel.ts'
import { type AppContext, type Route, STAFF } from '../route.ts'

const health = z.object({ ok: z.boolean() })
const readiness = z.object({ ok: z.boolean(), database: z.boolean(), channels: z.array(z.string()) })

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
    summary: 'The service can raise an alert: the database answers and a channel is set up',
    response: readiness,
    handle: showReadiness,
  },
  {
    method: 'GET',
    path: '/api/v1/readiness',
    rule: STAFF,
    summary: 'The same, for people and keys',
    response: readiness,
    handle: showReadiness,
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

async function showReadiness(c: AppContext): Promise<Response> {
  const { store, carriers } = c.var.deps
  const database = await store.records.setting('organisation').then(
    () => true,
    () => false,
  )
  const channels = CHANNELS.filter((channel) => carriers.some((carrier) => carrier.channels.includes(channel)))
  const ok = database && channels.length > 0
  return c.json({ ok, database, channels }, ok ? 200 : 503)
}
