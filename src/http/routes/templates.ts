import type { Template } from '../../application/ports/template-store.ts'
import {
  findTemplate,
  removeTemplate,
  saveTemplate,
  updateTemplate,
} from '../../application/templates/save-template.ts'
import { page } from '../../contract/shapes.ts'
import { template, templateBody, templatePatch } from '../../contract/templates.ts'
import { showSpread } from '../../domain/strategies/read-strategy.ts'
import { actorOf, param, readBody, readOnce, readPage, readVersion } from '../read-input.ts'
import { type AppContext, KEEPERS, type Route, STAFF } from '../route.ts'

export const templateRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/templates',
    rule: STAFF,
    summary: 'Templates by name',
    response: page(template),
    async handle(c) {
      const { items, nextCursor } = await c.var.deps.store.templates.list(readPage(c))
      return c.json({ items: items.map(view), nextCursor })
    },
  },
  {
    method: 'POST',
    path: '/api/v1/templates',
    rule: KEEPERS,
    summary: 'Save a new template',
    body: templateBody,
    response: template,
    async handle(c) {
      const once = await readOnce(c)
      return answer(c, await saveTemplate(c.var.deps, actorOf(c), await readBody(c, templateBody), null, once), 201)
    },
  },
  {
    method: 'GET',
    path: '/api/v1/templates/:id',
    rule: STAFF,
    summary: 'One template',
    response: template,
    handle: async (c) => answer(c, await findTemplate(c.var.deps, param(c, 'id')), 200),
  },
  {
    method: 'PATCH',
    path: '/api/v1/templates/:id',
    rule: KEEPERS,
    summary: 'Save the next version of a template; send the version you saw as If-Match',
    body: templatePatch,
    response: template,
    async handle(c) {
      const version = readVersion(c)
      const patch = await readBody(c, templatePatch)
      return answer(c, await updateTemplate(c.var.deps, actorOf(c), param(c, 'id'), version, patch), 200)
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/templates/:id',
    rule: KEEPERS,
    summary: 'Take a template out; send the version you saw as If-Match',
    async handle(c) {
      await removeTemplate(c.var.deps, actorOf(c), param(c, 'id'), readVersion(c))
      return c.body(null, 204)
    },
  },
]

function answer(c: AppContext, found: Template, status: 200 | 201): Response {
  return c.json(view(found), status, { etag: `"${found.version}"` })
}

function view({ id, version, content }: Template) {
  return { id, version, ...content, ...showSpread(content) }
}
