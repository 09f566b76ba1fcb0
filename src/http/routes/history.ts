import { bringBackPerson, showPersonHistory } from '../../application/history/person-history.ts'
import { returnTo } from '../../application/history/return-to.ts'
import { showChanges } from '../../application/history/show-changes.ts'
import { bringBackTree, listTreeVersions } from '../../application/history/tree-history.ts'
import { viewPerson } from '../../application/people/view-person.ts'
import {
  changesSince,
  personVersion,
  recordedChange,
  restoreBody,
  returnBody,
  returnResult,
  treeVersion,
} from '../../contract/history.ts'
import { person } from '../../contract/people.ts'
import { page, pageQuery } from '../../contract/shapes.ts'
import { treeSummary } from '../../contract/trees.ts'
import { actorOf, param, readBody, readPage, readQuery, readVersion } from '../read-input.ts'
import { KEEPERS, type Route, STAFF } from '../route.ts'

/** What people and trees were, and how that comes back. */
export const historyRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/people/:id/history',
    rule: STAFF,
    summary: 'What somebody was and is, newest first',
    response: page(personVersion),
    handle: async (c) => c.json({ items: await showPersonHistory(c.var.deps, param(c, 'id')), nextCursor: null }),
  },
  {
    method: 'POST',
    path: '/api/v1/people/:id/restore',
    rule: KEEPERS,
    summary: 'Make somebody what they were once; whoever was taken out comes back',
    body: restoreBody,
    response: person,
    async handle(c) {
      const { version } = await readBody(c, restoreBody)
      const back = await bringBackPerson(c.var.deps, actorOf(c), param(c, 'id'), version, readVersion(c))
      return c.json(viewPerson(back), 200, { etag: `"${back.version}"` })
    },
  },
  {
    method: 'GET',
    path: '/api/v1/trees/:id/history',
    rule: STAFF,
    summary: 'The versions of a tree, newest first',
    response: page(treeVersion),
    handle: async (c) => c.json(await listTreeVersions(c.var.deps, param(c, 'id'), readPage(c))),
  },
  {
    method: 'POST',
    path: '/api/v1/trees/:id/restore',
    rule: KEEPERS,
    summary: 'Make a tree what it was once',
    body: restoreBody,
    response: treeSummary,
    async handle(c) {
      const { version } = await readBody(c, restoreBody)
      const back = await bringBackTree(c.var.deps, actorOf(c), param(c, 'id'), version, readVersion(c))
      return c.json(back, 200, { etag: `"${back.version}"` })
    },
  },
  {
    method: 'GET',
    path: '/api/v1/history',
    rule: STAFF,
    summary: 'What is different in people and trees from what they were at a time',
    query: changesSince.extend(pageQuery.shape),
    response: page(recordedChange),
    async handle(c) {
      const { since } = readQuery(c, changesSince)
      return c.json(await showChanges(c.var.deps, Date.parse(since), readPage(c)))
    },
  },
  {
    method: 'POST',
    path: '/api/v1/history/return',
    rule: KEEPERS,
    summary: 'Make all people and trees what they were at a time',
    body: returnBody,
    response: returnResult,
    async handle(c) {
      const { to } = await readBody(c, returnBody)
      return c.json(await returnTo(c.var.deps, actorOf(c), Date.parse(to)))
    },
  },
]
