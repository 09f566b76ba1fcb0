import { exportPeople } from '../../application/people/export-people.ts'
import { applyImport, importPeople } from '../../application/people/import-people.ts'
import { createPerson, findPerson, removePerson, updatePerson } from '../../application/people/save-person.ts'
import { viewPerson } from '../../application/people/view-person.ts'
import type { Person } from '../../application/ports/people-store.ts'
import { importQuery, importResult, type PersonView, person, personBody, personPatch } from '../../contract/people.ts'
import { page } from '../../contract/shapes.ts'
import { Problem } from '../../domain/errors.ts'
import { actorOf, param, readBody, readOnce, readPage, readQuery, readVersion } from '../read-input.ts'
import { type AppContext, KEEPERS, type Route, STAFF } from '../route.ts'

const FILE_LIMIT = 32 * 1024 * 1024

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
    path: '/api/v1/people/export.csv',
    rule: KEEPERS,
    summary: 'Everybody as a CSV that the import reads back',
    async handle(c) {
      const file = await exportPeople(c.var.deps, actorOf(c))
      const disposition = 'attachment; filename="people.csv"'
      return c.body(file, 200, { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': disposition })
    },
  },
  {
    method: 'GET',
    path: '/api/v1/people/:id',
    rule: STAFF,
    summary: 'One person',
    response: person,
    handle: async (c) => answerPerson(c, await findPerson(c.var.deps, param(c, 'id'))),
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
  {
    method: 'POST',
    path: '/api/v1/people/imports',
    rule: KEEPERS,
    summary: 'Show what a file would change, or change it',
    query: importQuery,
    response: importResult,
    bodyLimit: FILE_LIMIT,
    async handle(c) {
      const { mode, refused, tree } = readQuery(c, importQuery)
      const once = await readOnce(c)
      const request = { file: await readFile(c), mode, refused, tree: tree ?? null }
      return c.json(await importPeople(c.var.deps, actorOf(c), request, once), mode === 'preview' ? 201 : 200)
    },
  },
  {
    method: 'POST',
    path: '/api/v1/people/imports/:id/apply',
    rule: KEEPERS,
    summary: 'Apply a preview exactly as it was shown',
    query: importQuery.pick({ refused: true }),
    response: importResult,
    async handle(c) {
      const refused = c.req.query('refused') === undefined ? null : readQuery(c, importQuery).refused
      const result = await applyImport(c.var.deps, actorOf(c), param(c, 'id'), refused, await readOnce(c))
      return c.json(result)
    },
  },
]

async function readFile(c: AppContext): Promise<Uint8Array> {
  if (!c.req.header('content-type')?.startsWith('multipart/form-data')) return new Uint8Array(await c.req.arrayBuffer())
  const { file } = await c.req.parseBody()
  if (file instanceof File) return new Uint8Array(await file.arrayBuffer())
  throw new Problem('invalid', 'import.no_file', 'Send the file as the form field "file".', { field: 'file' })
}

async function answerPerson(c: AppContext, found: Person): Promise<Response> {
  return c.json((await viewPeople(c, [found]))[0], 200, { etag: `"${found.version}"` })
}

/** With the marks of those who told a sender to stop. */
async function viewPeople(c: AppContext, found: readonly Person[]): Promise<PersonView[]> {
  const optOuts = await c.var.deps.store.overview.optOuts(found.map(({ id }) => id))
  return found.map((one) => {
    const view = viewPerson(one)
    for (const point of view.contactPoints) if (optOuts.has(point.id)) point.marks = [...point.marks, 'opted_out']
    return view
  })
}
