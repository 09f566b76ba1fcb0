import { listReach, showReach } from '../../application/reach/show-reach.ts'
import { personReach, personReachQuery, reachLedger } from '../../contract/reach.ts'
import { page, pageQuery } from '../../contract/shapes.ts'
import { EXPECTED } from '../../domain/reach/judge-reach.ts'
import { readPage, readQuery } from '../read-input.ts'
import { type Route, STAFF } from '../route.ts'

/** The reachability ledger: by what, and how lately, people have proven that they can be reached. */
export const reachRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/reachability',
    rule: STAFF,
    summary: 'How far everybody, and each tree, is proven to be reachable',
    response: reachLedger,
    handle: async (c) => c.json({ items: await showReach(c.var.deps), nextCursor: null, assumed: EXPECTED }),
  },
  {
    method: 'GET',
    path: '/api/v1/reachability/people',
    rule: STAFF,
    summary: 'People with the proof of each of their contact points, whoever is worst off first',
    query: personReachQuery.extend(pageQuery.shape),
    response: page(personReach),
    handle: async (c) => c.json(await listReach(c.var.deps, readQuery(c, personReachQuery), readPage(c))),
  },
]
