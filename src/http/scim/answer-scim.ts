import type { Resource, ResourceKind } from '../../domain/directory/attributes.ts'
import { type Projection, project } from '../../domain/directory/project.ts'
import { scimTypeOf } from '../../domain/directory/refuse.ts'
import { Problem } from '../../domain/errors.ts'
import { answerProblem } from '../answer-problem.ts'
import type { AppContext } from '../route.ts'

export const SCIM = '/scim/v2'
const JSON_TYPE = { 'content-type': 'application/scim+json; charset=utf-8' }
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

/** Something of this protocol's own, as its media type (RFC 7644, 8.1). */
export function answerJson(c: AppContext, body: object, status: 200 | 201 = 200, headers: Record<string, string> = {}) {
  return c.json(body, status, { ...headers, ...JSON_TYPE })
}

/** One resource with its version as entity tag. */
export function answerResource(
  c: AppContext,
  kind: ResourceKind,
  resource: Resource,
  projection: Projection,
  status: 200 | 201 = 200,
): Response {
  const meta = resource.meta as { location: string; version: string }
  if (status === 200 && c.req.method === 'GET' && c.req.header('if-none-match') === meta.version) {
    return c.body(null, 304, { etag: meta.version })
  }
  const headers = { etag: meta.version, ...(status === 201 ? { location: meta.location } : {}) }
  return answerJson(c, write(kind, resource, projection), status, headers)
}

export function answerList(
  c: AppContext,
  kind: ResourceKind,
  { total, startIndex, resources }: { total: number; startIndex: number; resources: readonly Resource[] },
  projection: Projection,
): Response {
  return answerJson(c, {
    schemas: [LIST],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources.map((resource) => write(kind, resource, projection)),
  })
}

function write(kind: ResourceKind, resource: Resource, projection: Projection): object {
  return { schemas: [kind.schema], ...project(kind, resource, projection) }
}

export function isScim(c: AppContext): boolean {
  return c.req.path === SCIM || c.req.path.startsWith(`${SCIM}/`)
}

/** The same refusals as everywhere, in the form that a directory shows to its keeper (RFC 7644, 3.12). */
export async function answerScimProblem(error: unknown, c: AppContext): Promise<Response> {
  const plain = answerProblem(error, c)
  const { detail } = (await plain.json()) as { detail: string }
  const problem = error instanceof Problem ? error : null
  // Input that is wrong is 422 elsewhere; here it is 400.
  const status = plain.status === 422 ? 400 : plain.status
  const scimType = problem && (scimTypeOf(problem) ?? (status === 400 ? 'invalidValue' : undefined))
  const headers = new Headers(plain.headers)
  headers.set('content-type', JSON_TYPE['content-type'])
  if (status === 401) headers.set('www-authenticate', 'Bearer')
  const body = { schemas: [ERROR], status: String(status), ...(scimType ? { scimType } : {}), detail }
  return new Response(JSON.stringify(body), { status, headers })
}
