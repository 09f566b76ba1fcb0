import { toIso } from '../../application/alerts/view-alert.ts'
import { makeDetailsLink } from '../../application/people/own-details.ts'
import type { CheckedPoint } from '../../application/ports/check-store.ts'
import { dropChecks, readStanding, setStanding } from '../../application/reach/standing-campaign.ts'
import { checkPoint, startCampaign } from '../../application/reach/start-checks.ts'
import {
  type CheckView,
  campaignBody,
  campaignResult,
  check,
  checkQuery,
  detailsLink,
  standingCampaign,
} from '../../contract/checks.ts'
import { page, pageQuery } from '../../contract/shapes.ts'
import { DAY } from '../../domain/clock.ts'
import { actorOf, param, readBody, readPage, readQuery } from '../read-input.ts'
import { KEEPERS, type Route, STAFF } from '../route.ts'

/** Asking people whether their contact points still reach them. */
export const checkRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/checks',
    rule: STAFF,
    summary: 'Which contact points are or were asked, newest first',
    query: checkQuery.extend(pageQuery.shape),
    response: page(check),
    async handle(c) {
      const { state = null } = readQuery(c, checkQuery)
      const { items, nextCursor } = await c.var.deps.store.checks.list({ ...readPage(c), state })
      return c.json({ items: items.map(viewCheck), nextCursor })
    },
  },
  {
    method: 'POST',
    path: '/api/v1/checks',
    rule: KEEPERS,
    summary: 'Ask whoever has no recent proof, spread over some days, by day where they are',
    body: campaignBody,
    response: campaignResult,
    async handle(c) {
      const { tree, overDays, provenWithinDays, preview } = await readBody(c, campaignBody)
      const campaign = { tree, over: overDays * DAY, recent: provenWithinDays * DAY, preview }
      return c.json({ asked: await startCampaign(c.var.deps, actorOf(c), campaign) }, preview ? 200 : 201)
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/checks',
    rule: KEEPERS,
    summary: 'Take back every question that has not gone out',
    response: campaignResult,
    handle: async (c) => c.json({ asked: await dropChecks(c.var.deps, actorOf(c)) }),
  },
  {
    method: 'GET',
    path: '/api/v1/checks/standing',
    rule: STAFF,
    summary: 'How often people are asked without anybody starting it',
    response: standingCampaign,
    handle: async (c) => c.json({ everyDays: await readStanding(c.var.deps) }),
  },
  {
    method: 'PUT',
    path: '/api/v1/checks/standing',
    rule: KEEPERS,
    summary: 'Say how often people are asked without anybody starting it',
    body: standingCampaign,
    response: standingCampaign,
    async handle(c) {
      const { everyDays } = await readBody(c, standingCampaign)
      await setStanding(c.var.deps, actorOf(c), everyDays)
      return c.json({ everyDays })
    },
  },
  {
    method: 'POST',
    path: '/api/v1/contact-points/:id/check',
    rule: KEEPERS,
    summary: 'Ask one contact point now whether it reaches its owner',
    async handle(c) {
      await checkPoint(c.var.deps, actorOf(c), param(c, 'id'))
      return c.body(null, 202)
    },
  },
  {
    method: 'POST',
    path: '/api/v1/people/:id/details-link',
    rule: KEEPERS,
    summary: 'A link by which somebody sees and mends what is stored about them; for them alone, good for a week',
    response: detailsLink,
    handle: async (c) => c.json(await makeDetailsLink(c.var.deps, actorOf(c), param(c, 'id')), 201),
  },
]

function viewCheck(found: CheckedPoint): CheckView {
  const { id, personId, name, contactPointId, kind, state, dueAt, sentAt, endedAt, reason } = found
  const iso = (time: number | null) => (time === null ? null : toIso(time))
  return {
    ...{ id, person: personId, name, contactPoint: contactPointId, kind, state, reason },
    dueAt: toIso(dueAt),
    sentAt: iso(sentAt),
    endedAt: iso(endedAt),
  }
}
