import { callerOf, markOnCard } from '../../application/cards/mark-card.ts'
import { listCards, listMyCards } from '../../application/cards/show-cards.ts'
import { card, cardMark, myCard } from '../../contract/cards.ts'
import { page } from '../../contract/shapes.ts'
import { actorOf, param, readBody } from '../read-input.ts'
import { ALL_ROLES, type Route, STAFF } from '../route.ts'

export const cardRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/alerts/:id/cards',
    rule: STAFF,
    summary: 'Who phones whom in a relay, and what came of it',
    response: page(card),
    handle: async (c) => c.json({ items: await listCards(c.var.deps, param(c, 'id')), nextCursor: null }),
  },
  {
    method: 'GET',
    path: '/api/v1/my/cards',
    rule: ALL_ROLES,
    summary: 'Whom the signed-in person is to phone, with their numbers',
    response: page(myCard),
    handle: async (c) => c.json({ items: await listMyCards(c.var.deps, actorOf(c)), nextCursor: null }),
  },
  {
    method: 'POST',
    path: '/api/v1/my/cards/:card/marks',
    rule: ALL_ROLES,
    summary: 'Say what came of phoning somebody; whoever was reached has answered',
    body: cardMark,
    async handle(c) {
      const given = await readBody(c, cardMark)
      await markOnCard(c.var.deps, callerOf(actorOf(c)), param(c, 'card'), given)
      return c.body(null, 204)
    },
  },
]
