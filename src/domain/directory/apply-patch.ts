import {
  type Attribute,
  attributesOf,
  findAttribute,
  type Resource,
  type ResourceKind,
  type ScimValue,
  withoutSchema,
} from './attributes.ts'
import { changeList, changeSelected, type Op } from './change-list.ts'
import { readPath } from './patch-path.ts'
import { isObject, readValue, requireWhole } from './read-resource.ts'
import { refuse } from './refuse.ts'

interface Operation {
  op: Op
  path: string | null
  value: unknown
}

const MOST = 1_000

/**
 * A resource after the operations of a PATCH (RFC 7644, 3.5.2), all of them or none. Understands what directories send
 * beside the standard: names of operations in any case, operations without a path, dotted names in their values, members
 * to remove in the value, and a value to replace that is not there yet, which is added.
 *
 * @throws Problem `scim.invalidSyntax`, `invalidPath`, `invalidValue`, `invalidFilter`, `noTarget`, `mutability`
 */
export function applyPatch(kind: ResourceKind, resource: Resource, body: unknown): Resource {
  const changed = structuredClone(resource)
  for (const { op, path, value } of readOperations(body)) {
    if (path !== null) applyAt(kind, changed, op, path, value)
    else if (op === 'remove') throw refuse('noTarget', 'What is to be removed? The operation has no path.', 'path')
    else if (!isObject(value)) throw refuse('invalidValue', 'Without a path the value is an object.', 'value')
    else for (const [key, inner] of Object.entries(value)) applyLoosely(kind, changed, op, key, inner)
  }
  return requireWhole(kind, changed)
}

function readOperations(body: unknown): Operation[] {
  const key = isObject(body) ? Object.keys(body).find((one) => one.toLowerCase() === 'operations') : undefined
  const list = isObject(body) && key !== undefined ? body[key] : undefined
  if (!Array.isArray(list) || list.length === 0) throw refuse('invalidSyntax', 'There are no Operations.', 'Operations')
  if (list.length > MOST) throw refuse('invalidSyntax', `There are more than ${MOST} Operations.`, 'Operations')
  return list.map((one: unknown) => {
    const op = isObject(one) && typeof one.op === 'string' ? one.op.toLowerCase() : ''
    if (!isObject(one) || (op !== 'add' && op !== 'replace' && op !== 'remove')) {
      throw refuse('invalidSyntax', 'An operation is one of add, replace, remove.', 'op')
    }
    const path = one.path ?? null
    if (path !== null && typeof path !== 'string') throw refuse('invalidPath', 'A path is a text.', 'path')
    return { op, path: path === '' ? null : path, value: one.value }
  })
}

/** A name inside of a value, where what is not kept or not to be changed is left aside, as in a whole resource. */
function applyLoosely(kind: ResourceKind, resource: Resource, op: Op, key: string, value: unknown): void {
  const [name = ''] = (withoutSchema(kind, key) ?? '').split(/[.[]/)
  const attribute = findAttribute(attributesOf(kind), name)
  if (attribute && !attribute.readOnly) applyAt(kind, resource, op, key, value)
}

function applyAt(kind: ResourceKind, resource: Resource, op: Op, path: string, value: unknown): void {
  const target = readPath(kind, path)
  if (target === null) return
  const { attribute, sub, selected } = target
  if (attribute.multiValued) {
    const list = listAt(resource, attribute)
    if (selected) set(resource, attribute, changeSelected(list, op, target, selected, value))
    else if (sub)
      throw refuse('invalidPath', `Say which of the ${attribute.name}, such as by [type eq "work"].`, 'path')
    else set(resource, attribute, changeList(list, op, attribute, value))
    return
  }
  if (!sub) {
    set(resource, attribute, changeSingle(resource[attribute.name], op, attribute, value))
    return
  }
  const whole = { ...(resource[attribute.name] as Resource | undefined) }
  set(whole, sub, op === 'remove' ? undefined : readValue(sub, value, `${attribute.name}.${sub.name}`))
  set(resource, attribute, Object.keys(whole).length === 0 ? undefined : whole)
}

function changeSingle(
  present: ScimValue | undefined,
  op: Op,
  attribute: Attribute,
  value: unknown,
): ScimValue | undefined {
  if (op === 'remove') return undefined
  const given = readValue(attribute, value)
  if (attribute.type !== 'complex' || !isObject(given)) return given
  return { ...(isObject(present) ? (present as Resource) : {}), ...(given as Resource) }
}

function listAt(resource: Resource, attribute: Attribute): Resource[] {
  const list = resource[attribute.name]
  return Array.isArray(list) ? list : []
}

function set(resource: Resource, { name }: Attribute, value: ScimValue | undefined): void {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) delete resource[name]
  else resource[name] = value
}
