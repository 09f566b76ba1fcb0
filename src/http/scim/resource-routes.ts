import { listResources, showResource } from '../../application/directory/list-resources.ts'
import { removeUser } from '../../application/directory/remove-user.ts'
import { createGroup, patchGroup, removeGroup, replaceGroup } from '../../application/directory/save-group.ts'
import { createUser, patchUser, replaceUser } from '../../application/directory/save-user.ts'
import { scimGroup, scimPatch, scimUser } from '../../contract/scim.ts'
import { GROUP, type ResourceKind, USER } from '../../domain/directory/attributes.ts'
import { actorOf, param, readVersion } from '../read-input.ts'
import { DIRECTORIES, type Route } from '../route.ts'
import { answerList, answerResource, SCIM } from './answer-scim.ts'
import { listQuery, projectionQuery, readJson, readList, readProjection, wantsMembers } from './read-scim.ts'

const ACTS = {
  User: { create: createUser, replace: replaceUser, patch: patchUser, remove: removeUser, body: scimUser },
  Group: { create: createGroup, replace: replaceGroup, patch: patchGroup, remove: removeGroup, body: scimGroup },
}

/** Users and groups of a directory (RFC 7644, 3.2). */
export const resourceRoutes: Route[] = [USER, GROUP].flatMap(routesOf)

function routesOf(kind: ResourceKind): Route[] {
  const acts = ACTS[kind.name]
  const all = `${SCIM}${kind.endpoint}`
  const one = `${all}/:id`
  const what = kind.name === 'User' ? 'person' : 'group'
  return [
    {
      method: 'GET',
      path: all,
      rule: DIRECTORIES,
      summary: `SCIM: find each ${what} of the directory`,
      query: listQuery,
      async handle(c) {
        const projection = readProjection(c)
        const request = readList(c, projection)
        const found = await listResources(c.var.deps, kind, request)
        return answerList(c, kind, { ...found, startIndex: request.startIndex }, projection)
      },
    },
    {
      method: 'POST',
      path: all,
      rule: DIRECTORIES,
      summary: `SCIM: add a ${what}`,
      body: acts.body,
      async handle(c) {
        const made = await acts.create(c.var.deps, actorOf(c), await readJson(c))
        return answerResource(c, kind, made, readProjection(c), 201)
      },
    },
    {
      method: 'GET',
      path: one,
      rule: DIRECTORIES,
      summary: `SCIM: one ${what}`,
      query: projectionQuery,
      async handle(c) {
        const projection = readProjection(c)
        const found = await showResource(c.var.deps, kind, param(c, 'id'), wantsMembers(projection))
        return answerResource(c, kind, found, projection)
      },
    },
    ...(['PUT', 'PATCH'] as const).map(
      (method): Route => ({
        method,
        path: one,
        rule: DIRECTORIES,
        summary: `SCIM: ${method === 'PUT' ? 'replace' : 'change'} a ${what}`,
        body: method === 'PUT' ? acts.body : scimPatch,
        async handle(c) {
          const act = method === 'PUT' ? acts.replace : acts.patch
          const saved = await act(c.var.deps, actorOf(c), param(c, 'id'), readVersion(c), await readJson(c))
          return answerResource(c, kind, saved, readProjection(c))
        },
      }),
    ),
    {
      method: 'DELETE',
      path: one,
      rule: DIRECTORIES,
      summary: kind === USER ? 'SCIM: take a person out, at once or after a human agreed' : 'SCIM: end a group',
      async handle(c) {
        await acts.remove(c.var.deps, actorOf(c), param(c, 'id'), readVersion(c))
        return c.body(null, 204)
      },
    },
  ]
}
