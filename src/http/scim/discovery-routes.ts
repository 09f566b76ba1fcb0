import { type Attribute, GROUP, type ResourceKind, USER } from '../../domain/directory/attributes.ts'
import { Problem } from '../../domain/errors.ts'
import { param } from '../read-input.ts'
import { type AppContext, DIRECTORIES, type Route } from '../route.ts'
import { answerJson, SCIM } from './answer-scim.ts'
import { MOST_RESULTS } from './read-scim.ts'

const KINDS = [USER, GROUP]
const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0'

/** What a directory can ask about this service itself (RFC 7644, 4). */
export const discoveryRoutes: Route[] = [
  {
    method: 'GET',
    path: `${SCIM}/ServiceProviderConfig`,
    rule: DIRECTORIES,
    summary: 'SCIM: what this service understands of it',
    handle: (c) => answerJson(c, describeService(c)),
  },
  ...listAndOne('ResourceTypes', 'kinds of resources', describeKind),
  ...listAndOne('Schemas', 'attributes that are kept', describeSchema),
]

function listAndOne(
  name: string,
  what: string,
  describe: (c: AppContext, kind: ResourceKind) => { id: string },
): Route[] {
  return [
    {
      method: 'GET',
      path: `${SCIM}/${name}`,
      rule: DIRECTORIES,
      summary: `SCIM: the ${what}`,
      handle(c) {
        const Resources = KINDS.map((kind) => describe(c, kind))
        const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse']
        return answerJson(c, {
          schemas,
          totalResults: Resources.length,
          startIndex: 1,
          itemsPerPage: Resources.length,
          Resources,
        })
      },
    },
    {
      method: 'GET',
      path: `${SCIM}/${name}/:id`,
      rule: DIRECTORIES,
      summary: `SCIM: one of the ${what}`,
      handle(c) {
        const found = KINDS.map((kind) => describe(c, kind)).find(({ id }) => id === param(c, 'id'))
        if (!found) throw new Problem('missing', 'directory.unknown', 'There is no such resource.')
        return answerJson(c, found)
      },
    },
  ]
}

function describeService(c: AppContext) {
  const location = addressOf(c, '/ServiceProviderConfig')
  return {
    schemas: [`${SCHEMA}:ServiceProviderConfig`],
    documentationUri: `${c.var.deps.settings.publicUrl}/api/v1/docs`,
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: MOST_RESULTS },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Key',
        description: 'A key with the role "directory", sent as "Authorization: Bearer"',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location },
  }
}

function describeKind(c: AppContext, { name, endpoint, schema, description }: ResourceKind) {
  return {
    schemas: [`${SCHEMA}:ResourceType`],
    id: name,
    name,
    endpoint,
    description,
    schema,
    schemaExtensions: [],
    meta: { resourceType: 'ResourceType', location: addressOf(c, `/ResourceTypes/${name}`) },
  }
}

function describeSchema(c: AppContext, { name, schema, description, attributes }: ResourceKind) {
  return {
    schemas: [`${SCHEMA}:Schema`],
    id: schema,
    name,
    description,
    attributes: attributes.map(describeAttribute),
    meta: { resourceType: 'Schema', location: addressOf(c, `/Schemas/${schema}`) },
  }
}

function describeAttribute(attribute: Attribute): object {
  const { name, type, description, subAttributes } = attribute
  return {
    name,
    type,
    description,
    multiValued: attribute.multiValued ?? false,
    required: attribute.required ?? false,
    ...(type === 'string' ? { caseExact: attribute.caseExact ?? false } : {}),
    mutability: attribute.readOnly ? 'readOnly' : 'readWrite',
    returned: 'default',
    uniqueness: attribute.unique ? 'server' : 'none',
    ...(subAttributes ? { subAttributes: subAttributes.map(describeAttribute) } : {}),
  }
}

function addressOf(c: AppContext, path: string): string {
  return `${c.var.deps.settings.publicUrl}${SCIM}${path}`
}
