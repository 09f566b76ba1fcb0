import { type Rig, startRig } from '../../harness/rig.ts'

export interface ScimBody {
  schemas: string[]
  id: string
  totalResults: number
  startIndex: number
  itemsPerPage: number
  Resources: ScimBody[]
  meta: { version: string; location: string; created: string; lastModified: string; resourceType: string }
  scimType: string
  status: string
  detail: string
  [name: string]: unknown
}

export interface Answer {
  status: number
  headers: Headers
  body: ScimBody
}

export interface DirectoryRig extends Rig {
  /** As the directory, with its key. */
  scim(method: string, path: string, json?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** A user as most directories create one. */
  push(name: string, more?: Record<string, unknown>): Promise<ScimBody>
  administrator: string
}

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

export function patch(...operations: Record<string, unknown>[]) {
  return { schemas: [PATCH], Operations: operations }
}

export async function startDirectory(...options: Parameters<typeof startRig>): Promise<DirectoryRig> {
  const rig = await startRig(...options)
  const key = await rig.key('directory')
  const administrator = await rig.key('administrator')
  const scim: DirectoryRig['scim'] = async (method, path, json, headers = {}) => {
    const type = { 'content-type': 'application/scim+json' }
    const body = json === undefined ? {} : { json }
    const response = await rig.ask(`/scim/v2${path}`, { method, as: key, headers: { ...type, ...headers }, ...body })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
  }
  return {
    ...rig,
    scim,
    administrator,
    async push(name, more = {}) {
      const user = { schemas: [USER], userName: `${name.split(' ')[0]?.toLowerCase()}@example.org`, displayName: name }
      const made = await scim('POST', '/Users', { ...user, ...more })
      if (made.status !== 201) throw new Error(JSON.stringify(made.body))
      return made.body
    },
  }
}
