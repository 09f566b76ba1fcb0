import { addPeople } from '../../application/alerts/add-people.ts'
import { cancelAlert } from '../../application/alerts/close-alert.ts'
import { extendAlert } from '../../application/alerts/extend-alert.ts'
import { showAlert } from '../../application/alerts/show-alerts.ts'
import { updateAlert } from '../../application/alerts/update-alert.ts'
import { addBody, alert, cancelBody, extendBody, updateBody } from '../../contract/alerts.ts'
import { actorOf, param, readBody, readOnce } from '../read-input.ts'
import { RAISERS, type Route } from '../route.ts'

/** What can be done to an alert that is running. */
export const runningAlertRoutes: Route[] = [
  {
    method: 'POST',
    path: '/api/v1/alerts/:id/update',
    rule: RAISERS,
    summary: 'Say something new to everyone, to those who have answered or to those who have not',
    body: updateBody,
    response: alert,
    async handle(c) {
      const once = await readOnce(c)
      await updateAlert(c.var.deps, actorOf(c), param(c, 'id'), await readBody(c, updateBody), once)
      return c.json(await showAlert(c.var.deps, param(c, 'id')), 201)
    },
  },
  {
    method: 'POST',
    path: '/api/v1/alerts/:id/correct',
    rule: RAISERS,
    summary: 'End an alert that should not have been sent; whoever may have received it is told so',
    response: alert,
    async handle(c) {
      await cancelAlert(c.var.deps, actorOf(c), param(c, 'id'), 'in_error', null)
      return c.json(await showAlert(c.var.deps, param(c, 'id')))
    },
  },
  {
    method: 'POST',
    path: '/api/v1/alerts/:id/cancel',
    rule: RAISERS,
    summary: 'Call an alert off; whoever may have received it is told so, with a remark where there is one',
    body: cancelBody,
    response: alert,
    async handle(c) {
      const { remark } = await readBody(c, cancelBody)
      await cancelAlert(c.var.deps, actorOf(c), param(c, 'id'), 'cancelled', remark || null)
      return c.json(await showAlert(c.var.deps, param(c, 'id')))
    },
  },
  {
    method: 'POST',
    path: '/api/v1/alerts/:id/extend',
    rule: RAISERS,
    summary: 'Let an alert go on, so that its lifetime does not end it',
    body: extendBody,
    response: alert,
    async handle(c) {
      const { for: howLong } = await readBody(c, extendBody)
      await extendAlert(c.var.deps, actorOf(c), param(c, 'id'), howLong ?? null)
      return c.json(await showAlert(c.var.deps, param(c, 'id')))
    },
  },
  {
    method: 'POST',
    path: '/api/v1/alerts/:id/recipients',
    rule: RAISERS,
    summary: 'Contact more people in a running alert; who is not in its frozen audience is counted apart',
    body: addBody,
    response: alert,
    async handle(c) {
      const once = await readOnce(c)
      await addPeople(c.var.deps, actorOf(c), param(c, 'id'), await readBody(c, addBody), once)
      return c.json(await showAlert(c.var.deps, param(c, 'id')), 201)
    },
  },
]
