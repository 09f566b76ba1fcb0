import type { z } from 'zod'
import { problem } from '../../contract/shapes.ts'
import { escapeHtml } from '../../domain/escape-html.ts'
import { type Field, fieldsOf, schemaOf } from '../describe-shape.ts'
import type { Route, Rule } from '../route.ts'

/** The API described from the table of routes itself, so that it cannot differ from it (OpenAPI 3.1). */
export function documentationRoutes(routes: readonly Route[]): Route[] {
  const described = routes.filter(({ path }) => /^\/(api\/v1|scim\/v2)\//.test(path))
  return [
    {
      method: 'GET',
      path: '/api/v1/openapi.json',
      rule: 'public',
      summary: 'This API as OpenAPI',
      handle: (c) => c.json(describeApi(described)),
    },
    {
      method: 'GET',
      path: '/api/v1/docs',
      rule: 'public',
      summary: 'This API as a page',
      handle: (c) => c.html(writePage(described)),
    },
  ]
}

function describeApi(routes: readonly Route[]) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    const operations = paths[path] ?? {}
    operations[route.method.toLowerCase()] = describeRoute(route)
    paths[path] = operations
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tocsin', version: '1' },
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'tocsin' },
      },
    },
  }
}

function describeRoute(route: Route) {
  const json = (shape: z.ZodType) => ({
    'application/json': { schema: schemaOf(shape) },
  })
  return {
    summary: route.summary,
    ...(typeof route.rule === 'string' ? {} : { security: [{ key: [] }, { session: [] }] }),
    'x-roles': route.rule,
    parameters: [
      ...[...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...queryOf(route).map(({ path, type, required }) => ({
        name: path,
        in: 'query',
        required,
        description: type,
        schema: {},
      })),
    ],
    ...(route.body ? { requestBody: { content: json(route.body) } } : {}),
    responses: {
      default: { description: 'A problem (RFC 9457)', content: json(problem) },
      '2XX': { description: route.summary, ...(route.response ? { content: json(route.response) } : {}) },
    },
  }
}

function writePage(routes: readonly Route[]): string {
  const rows = routes.map(
    (route) =>
      `<tr><td><code>${route.method} ${escapeHtml(route.path)}</code></td><td>${escapeHtml(route.summary)}${writeFields('Query', queryOf(route))}${writeFields('Body', route.body ? fieldsOf(route.body) : [])}${writeFields('Answer', route.response ? fieldsOf(route.response) : [])}</td><td>${describeRule(route.rule)}</td></tr>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Tocsin API</title><link rel="stylesheet" href="/link-page.css"><h1>Tocsin API</h1>
<p>Machine-readable: <a href="/api/v1/openapi.json">openapi.json</a>. Errors are problem details with a stable <code>code</code>.</p>
<table><thead><tr><th>Request</th><th>What it does</th><th>Who may</th></tr></thead><tbody>${rows.join('')}</tbody></table></html>`
}

function queryOf({ query }: Route): Field[] {
  return query ? fieldsOf(query) : []
}

/** What a request takes is open, what it answers is folded away. */
function writeFields(title: string, fields: readonly Field[]): string {
  if (fields.length === 0) return ''
  const rows = fields.map(
    ({ path, type, required }) =>
      `<li><code>${escapeHtml(path)}</code>${required || title === 'Answer' ? '' : ' (may be left out)'}: ${escapeHtml(type)}</li>`,
  )
  return `<details${title === 'Answer' ? '' : ' open'}><summary>${title}</summary><ul>${rows.join('')}</ul></details>`
}

function describeRule(rule: Rule): string {
  return typeof rule === 'string' ? rule : rule.join(', ').replaceAll('_', ' ')
}
