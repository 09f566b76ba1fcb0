import { streamSSE } from 'hono/streaming'
import { closeAlert } from '../../application/alerts/close-alert.ts'
import { findAlert } from '../../application/alerts/find-alert.ts'
import { preflight } from '../../application/alerts/preflight.ts'
import { raiseAlert } from '../../application/alerts/raise-alert.ts'
import { refuseOthersAlerts } from '../../application/alerts/refuse-others-alerts.ts'
import {
  listAlerts,
  listRecipients,
  listTimeline,
  listUnclear,
  showAlert,
  viewRecipients,
} from '../../application/alerts/show-alerts.ts'
import { watchBoard } from '../../application/alerts/watch-board.ts'
import { answerOnBehalf, settleUnclear } from '../../application/answers/answer-in-app.ts'
import {
  alert,
  alertBody,
  preflightResult,
  recipient,
  recordedAnswer,
  timelineEntry,
  unclearAnswer,
} from '../../contract/alerts.ts'
import { page } from '../../contract/shapes.ts'
import { logBug } from '../answer-problem.ts'
import { actorOf, param, readBody, readOnce, readPage } from '../read-input.ts'
import { RAISERS, type Route, STAFF } from '../route.ts'
import { runningAlertRoutes } from './running-alerts.ts'

export const alertRoutes: Route[] = [
  {
    method: 'POST',
    path: '/api/v1/alerts/preflight',
    forRaisingKeys: true,
    rule: RAISERS,
    summary: 'Who would be reached, before anything is sent',
    body: alertBody,
    response: preflightResult,
    handle: async (c) => c.json(await preflight(c.var.deps, actorOf(c), await readBody(c, alertBody))),
  },
  {
    method: 'POST',
    path: '/api/v1/alerts',
    forRaisingKeys: true,
    rule: RAISERS,
    summary: 'Raise an alert; the same Idempotency-Key raises it once',
    body: alertBody,
    response: alert,
    async handle(c) {
      const once = await readOnce(c)
      const raised = await raiseAlert(c.var.deps, actorOf(c), await readBody(c, alertBody), once)
      return c.json(await showAlert(c.var.deps, raised.id), 201)
    },
  },
  {
    method: 'GET',
    path: '/api/v1/alerts',
    rule: STAFF,
    summary: 'Alerts, newest first',
    response: page(alert),
    handle: async (c) => c.json(await listAlerts(c.var.deps, readPage(c))),
  },
  {
    method: 'GET',
    path: '/api/v1/alerts/:id',
    forRaisingKeys: true,
    rule: STAFF,
    summary: 'One alert with its counts',
    response: alert,
    async handle(c) {
      // What a sensor did not raise is none of its business, down to whether it exists.
      await refuseOthersAlerts(c.var.deps, actorOf(c), param(c, 'id'))
      return c.json(await showAlert(c.var.deps, param(c, 'id')))
    },
  },
  {
    method: 'GET',
    path: '/api/v1/alerts/:id/recipients',
    rule: STAFF,
    summary: 'Everyone whom the alert is for, with what was sent to them',
    response: page(recipient),
    handle: async (c) => c.json(await listRecipients(c.var.deps, param(c, 'id'), readPage(c))),
  },
  {
    method: 'GET',
    path: '/api/v1/alerts/:id/timeline',
    rule: STAFF,
    summary: 'What happened, oldest first',
    response: page(timelineEntry),
    handle: async (c) => c.json(await listTimeline(c.var.deps, param(c, 'id'), readPage(c))),
  },
  {
    method: 'GET',
    path: '/api/v1/alerts/:id/unclear',
    rule: STAFF,
    summary: 'Answers that a person must read',
    response: page(unclearAnswer),
    handle: async (c) => c.json({ items: await listUnclear(c.var.deps, param(c, 'id')), nextCursor: null }),
  },
  {
    method: 'POST',
    path: '/api/v1/alerts/:id/unclear/:message/settle',
    rule: RAISERS,
    summary: 'Say that an unclear answer has been read',
    async handle(c) {
      await settleUnclear(c.var.deps, actorOf(c), param(c, 'id'), param(c, 'message'))
      return c.body(null, 204)
    },
  },
  {
    method: 'GET',
    path: '/api/v1/alerts/:id/events',
    rule: STAFF,
    summary: 'The live board as server-sent events named "board"; a last one named "end" when it is over',
    async handle(c) {
      const { deps, mayStill } = c.var
      const id = param(c, 'id')
      await findAlert(deps, id)
      // Nobody reads what follows: a board begun for them would go on for ever.
      if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' })
      return streamSSE(c, async (stream) => {
        const stop = new AbortController()
        stream.onAbort(() => stop.abort())
        try {
          for await (const event of watchBoard(deps, id, stop.signal, mayStill)) {
            await stream.writeSSE({ event: 'ended' in event ? 'end' : 'board', data: JSON.stringify(event) })
          }
        } catch (error) {
          logBug(c, error)
        }
      })
    },
  },
  {
    method: 'POST',
    path: '/api/v1/alerts/:id/close',
    rule: RAISERS,
    summary: 'End an alert; whoever may have received it gets the all-clear',
    response: alert,
    async handle(c) {
      await closeAlert(c.var.deps, actorOf(c), param(c, 'id'))
      return c.json(await showAlert(c.var.deps, param(c, 'id')))
    },
  },
  ...runningAlertRoutes,
  {
    method: 'POST',
    path: '/api/v1/alerts/:id/recipients/:recipient/acknowledge',
    rule: RAISERS,
    summary: 'Record what somebody said by other means; marked as recorded on behalf',
    body: recordedAnswer,
    response: recipient,
    async handle(c) {
      const { deps } = c.var
      const once = await readOnce(c)
      const given = await readBody(c, recordedAnswer)
      const answered = await answerOnBehalf(deps, actorOf(c), param(c, 'id'), param(c, 'recipient'), given, once)
      const [view] = await viewRecipients(deps, [answered])
      return c.json(view)
    },
  },
]
