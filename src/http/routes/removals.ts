import { z } from 'zod'
import { toIso } from '../../application/alerts/view-alert.ts'
import { settleRemovals } from '../../application/directory/settle-removals.ts'
import { removalDecision, waitingRemoval } from '../../contract/people.ts'
import { page } from '../../contract/shapes.ts'
import { actorOf, readBody, readPage } from '../read-input.ts'
import { ADMINISTRATORS, type AppContext, KEEPERS, type Route } from '../route.ts'

const decided = z.object({ people: z.int() })

/** What a directory proposed and a human decides. They stand before the routes of one person. */
export const removalRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/people/removals',
    rule: KEEPERS,
    summary: 'Whom a directory wanted to take out, waiting for a human; the oldest first',
    response: page(waitingRemoval),
    async handle(c) {
      const { items, nextCursor } = await c.var.deps.store.directory.waiting(readPage(c))
      const views = items.map(({ personId, name, at, ...rest }) => ({
        ...rest,
        person: { id: personId, name },
        at: toIso(at),
      }))
      return c.json({ items: views, nextCursor })
    },
  },
  {
    method: 'POST',
    path: '/api/v1/people/removals/confirm',
    rule: ADMINISTRATORS,
    summary: 'Take out whom the directory proposed: those named, else all who wait',
    body: removalDecision,
    response: decided,
    handle: (c) => decide(c, 'confirmed'),
  },
  {
    method: 'POST',
    path: '/api/v1/people/removals/reject',
    rule: ADMINISTRATORS,
    summary: 'Keep whom the directory proposed: those named, else all who wait',
    body: removalDecision,
    response: decided,
    handle: (c) => decide(c, 'rejected'),
  },
]

async function decide(c: AppContext, outcome: 'confirmed' | 'rejected'): Promise<Response> {
  const { people } = await readBody(c, removalDecision)
  return c.json({ people: await settleRemovals(c.var.deps, actorOf(c), people ?? null, outcome) })
}
