import { cleanTypedLine } from '../clean-input.ts'
import {
  type Attribute,
  attributesOf,
  findAttribute,
  type Resource,
  type ResourceKind,
  type ScimValue,
  withoutSchema,
} from './attributes.ts'
import { refuse } from './refuse.ts'

/** Characters of one text; a phone number or name of more is a mistake. */
const LONGEST = 500
/** Values of one attribute of a person; a group may have as many members as a request holds. */
const MOST_VALUES = 50

/**
 * What is kept of a resource that a directory sends whole: names in their proper case, values in their proper type.
 * What this service gives itself (id, meta, groups) and what it does not keep is left aside (RFC 7644, 3.5.1).
 *
 * @throws Problem `scim.invalidSyntax`, `scim.invalidValue` with the attribute
 */
export function readResource(kind: ResourceKind, body: unknown): Resource {
  if (!isObject(body)) throw refuse('invalidSyntax', 'The body is no object.')
  const resource: Resource = {}
  for (const [key, given] of Object.entries(body)) {
    const name = withoutSchema(kind, key)
    const attribute = name === null ? undefined : findAttribute(attributesOf(kind), name)
    if (!attribute || attribute.readOnly) continue
    const value = readValue(attribute, given)
    if (value !== undefined) resource[attribute.name] = value
  }
  return requireWhole(kind, resource)
}

/** @throws Problem `scim.invalidValue` when something is missing that every such resource has */
export function requireWhole(kind: ResourceKind, resource: Resource): Resource {
  for (const { name, required } of kind.attributes) {
    if (required && resource[name] === undefined) throw refuse('invalidValue', `${name} is missing.`, name)
  }
  return resource
}

/**
 * One value in its proper type. Undefined where it is empty, which means that there is none (RFC 7643, 2.5).
 * Entra ID writes booleans as "True" and "False", and single values as a list of one.
 *
 * @throws Problem `scim.invalidValue`
 */
export function readValue(attribute: Attribute, given: unknown, path = attribute.name): ScimValue | undefined {
  if (given === null || given === undefined || given === '') return undefined
  if (attribute.multiValued) return readList(attribute, given, path)
  const value = unwrap(given)
  if (attribute.type === 'complex') return readComplex(attribute, value, path)
  if (attribute.type === 'boolean') return readBoolean(value, path)
  if (typeof value !== 'string' && typeof value !== 'number') throw refuse('invalidValue', `${path} is no text.`, path)
  const text = cleanTypedLine(String(value))
  if (text.length > LONGEST) throw refuse('invalidValue', `${path} is longer than ${LONGEST} characters.`, path)
  return text === '' ? undefined : text
}

function readList(attribute: Attribute, given: unknown, path: string): Resource[] | undefined {
  const items = (Array.isArray(given) ? given : [given]).flatMap((item): Resource[] => {
    const value = readComplex(attribute, typeof item === 'string' ? { value: item } : item, path)
    return value === undefined ? [] : [value]
  })
  if (items.length > MOST_VALUES && attribute.name !== 'members') {
    throw refuse('invalidValue', `${path} has more than ${MOST_VALUES} values.`, path)
  }
  return items.length === 0 ? undefined : items
}

function readComplex(attribute: Attribute, given: unknown, path: string): Resource | undefined {
  if (!isObject(given)) throw refuse('invalidValue', `${path} is no object.`, path)
  const value: Resource = {}
  for (const [key, inner] of Object.entries(given)) {
    const sub = findAttribute(attribute.subAttributes ?? [], key)
    if (!sub || sub.readOnly) continue
    const read = readValue(sub, inner, `${path}.${sub.name}`)
    if (read !== undefined) value[sub.name] = read
  }
  return Object.keys(value).length === 0 ? undefined : value
}

function readBoolean(value: unknown, path: string): boolean {
  if (typeof value === 'boolean') return value
  const word = typeof value === 'string' ? value.toLowerCase() : ''
  if (word !== 'true' && word !== 'false') throw refuse('invalidValue', `${path} is neither true nor false.`, path)
  return word === 'true'
}

function unwrap(given: unknown): unknown {
  const only = Array.isArray(given) && given.length === 1 ? given[0] : given
  return only !== given && isObject(only) && 'value' in only ? only.value : only
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
