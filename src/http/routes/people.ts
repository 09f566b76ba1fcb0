import { listOpenAlertsOf } from '../../application/people/list-open-alerts.ts'
import { createPerson, findPerson, removePerson, updatePerson } from '../../application/people/save-person.ts'
import { viewPerson } from '../../application/people/view-person.ts'
import type { Person } from '../../application/ports/people-store.ts'
import { type PersonView, person, personBody, personDetail, personPatch } from '../../contract/people.ts'
import { page } from '../../contract/shapes.ts'
import { actorOf, param, readBody, readOnce, readPage, readVersion } from '../read-input.ts'
import { type AppContext, KEEPERS, type Route, STAFF } from '../route.ts'

export const peopleRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/people',
    rule: STAFF,
    summary: 'Everybody who can be reached, by name',
    response: page(person),
    async handle(c) {
      const { items, nextCursor } = await c.var.deps.store.people.list(readPage(c))
      return c.json({ items: await viewPeople(c, items), nextCursor })
    },
  },
  {
    method: 'POST',
    path: '/api/v1/people',
    rule: KEEPERS,
    summary: 'Add a person',
    body: personBody,
    response: person,
    async handle(c) {
      const once = await readOnce(c)
      const made = await createPerson(c.var.deps, actorOf(c), await readBody(c, personBody), once)
      return c.json((await viewPeople(c, [made]))[0], 201)
    },
  },
  {
    method: 'GET',
    path: '/api/v1/people/:id',
    rule: STAFF,
    summary: 'One person',
    response: personDetail,
    async handle(c) {
      const found = await findPerson(c.var.deps, param(c, 'id'))
      const [view] = await viewPeople(c, [found])
      const inAlerts = await listOpenAlertsOf(c.var.deps, found.id)
      return c.json({ ...view, inAlerts }, 200, { etag: `"${found.version}"` })
    },
  },
  {
    method: 'PATCH',
    path: '/api/v1/people/:id',
    rule: KEEPERS,
    summary: 'Change a person; send the version you saw as If-Match',
    body: personPatch,
    response: person,
    async handle(c) {
      const patch = await readBody(c, personPatch)
      return answerPerson(c, await updatePerson(c.var.deps, actorOf(c), param(c, 'id'), readVersion(c), patch))
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/people/:id',
    rule: KEEPERS,
    summary: 'Take a person out; records keep the name',
    async handle(c) {
      await removePerson(c.var.deps, actorOf(c), param(c, 'id'), readVersion(c))
      return c.body(null, 204)
    },
  },
]

async function answerPerson(c: AppContext, found: Person): Promise<Response> {
  return c.json((await viewPeople(c, [found]))[0], 200, { etag: `"${found.version}"` })
}

/** With the marks of those who told a sender to stop, and of addresses that somebody else has as well. */
async function viewPeople(c: AppContext, found: readonly Person[]): Promise<PersonView[]> {
  const { overview } = c.var.deps.store
  const ids = found.map(({ id }) => id)
  const [optOuts, shared] = await Promise.all([overview.optOuts(ids), overview.shared(ids)])
  return found.map((one) => {
    const view = viewPerson(one)
    for (const point of view.contactPoints) {
      if (optOuts.has(point.id)) point.marks = [...point.marks, 'opted_out']
      if (shared.has(point.id)) point.marks = [...point.marks, 'shared']
    }
    return view
  })
}
