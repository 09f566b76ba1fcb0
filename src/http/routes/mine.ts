import { z } from 'zod'
import { answerMine, listMyAlerts, openMine } from '../../application/answers/answer-in-app.ts'
import { renewMyWords, showMyWords } from '../../application/people/authentic-words.ts'
import { setMyAbsence, showMyAbsence } from '../../application/people/my-absence.ts'
import { removePushDevice, savePushDevice } from '../../application/people/save-push-device.ts'
import { pushSubscription } from '../../contract/access.ts'
import { myAlert, myAnswer } from '../../contract/alerts.ts'
import { absence, myWords, renewal } from '../../contract/people.ts'
import { page } from '../../contract/shapes.ts'
import { actorOf, param, readBody, readOnce } from '../read-input.ts'
import { ALL_ROLES, type Route } from '../route.ts'

const endpoint = z.strictObject({ endpoint: z.url() })

export const myRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/my/alerts',
    rule: ALL_ROLES,
    summary: 'Alerts sent to the signed-in person',
    response: page(myAlert),
    handle: async (c) => c.json({ items: await listMyAlerts(c.var.deps, actorOf(c)), nextCursor: null }),
  },
  {
    method: 'POST',
    path: '/api/v1/my/alerts/:id/opened',
    rule: ALL_ROLES,
    summary: 'The person sees the alert in the app: heard',
    response: myAlert,
    handle: async (c) => c.json(await openMine(c.var.deps, actorOf(c), param(c, 'id'))),
  },
  {
    method: 'POST',
    path: '/api/v1/my/alerts/:id/answer',
    rule: ALL_ROLES,
    summary: 'Answer an alert',
    body: myAnswer,
    response: myAlert,
    async handle(c) {
      const once = await readOnce(c)
      const given = await readBody(c, myAnswer)
      return c.json(await answerMine(c.var.deps, actorOf(c), param(c, 'id'), given, once))
    },
  },
  {
    method: 'PUT',
    path: '/api/v1/my/absence',
    rule: ALL_ROLES,
    summary: 'Be away until a time, or back: deputies stand in, and only what may save lives still comes',
    body: absence,
    response: absence,
    handle: async (c) => c.json(await setMyAbsence(c.var.deps, actorOf(c), await readBody(c, absence))),
  },
  {
    method: 'GET',
    path: '/api/v1/my/absence',
    rule: ALL_ROLES,
    summary: 'Until when the signed-in person is away',
    response: absence,
    handle: async (c) => c.json(await showMyAbsence(c.var.deps, actorOf(c))),
  },
  {
    method: 'GET',
    path: '/api/v1/my/words',
    rule: ALL_ROLES,
    summary: 'The next words by which the signed-in person tells a genuine alert',
    response: myWords,
    handle: async (c) => c.json(await showMyWords(c.var.deps, actorOf(c))),
  },
  {
    method: 'POST',
    path: '/api/v1/my/words/renew',
    rule: ALL_ROLES,
    summary: 'Void the words of a card that was lost; names the series that is void',
    body: renewal,
    response: myWords,
    handle: async (c) => c.json(await renewMyWords(c.var.deps, actorOf(c), (await readBody(c, renewal)).series)),
  },
  {
    method: 'POST',
    path: '/api/v1/my/push-subscription',
    rule: ALL_ROLES,
    summary: 'Let this browser be alerted',
    body: pushSubscription,
    async handle(c) {
      await savePushDevice(c.var.deps, actorOf(c), await readBody(c, pushSubscription))
      return c.body(null, 204)
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/my/push-subscription',
    rule: ALL_ROLES,
    summary: 'Alert this browser no more',
    body: endpoint,
    async handle(c) {
      await removePushDevice(c.var.deps, actorOf(c), (await readBody(c, endpoint)).endpoint)
      return c.body(null, 204)
    },
  },
]
