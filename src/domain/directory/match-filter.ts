import {
  type Attribute,
  attributesOf,
  findAttribute,
  type Resource,
  type ResourceKind,
  type ScimValue,
  withoutSchema,
} from './attributes.ts'
import type { Filter } from './parse-filter.ts'
import { isObject } from './read-resource.ts'
import { refuse } from './refuse.ts'

export type Test = (resource: Resource) => boolean

/**
 * A filter as a test of resources. Texts are compared without case unless the attribute says otherwise; one value of
 * several that fits is enough (RFC 7644, 3.4.2.2).
 *
 * @throws Problem `scim.invalidFilter` for an attribute that is not there, or a comparison that its type does not have
 */
export function compileFilter(kind: ResourceKind, filter: Filter): Test {
  return compile(filter, attributesOf(kind), kind)
}

/** The same inside of `members[…]`. */
export function compileValueFilter(attribute: Attribute, filter: Filter): Test {
  return compile(filter, attribute.subAttributes ?? [], null)
}

type Comparison = Extract<Filter, { compValue: unknown }>

function compile(filter: Filter, attributes: readonly Attribute[], kind: ResourceKind | null): Test {
  if ('filters' in filter) {
    const parts = filter.filters.map((part) => compile(part, attributes, kind))
    if (filter.op === 'and') return (resource) => parts.every((part) => part(resource))
    return (resource) => parts.some((part) => part(resource))
  }
  if ('filter' in filter) {
    const inner = compile(filter.filter, attributes, kind)
    return (resource) => !inner(resource)
  }
  const [attribute, sub] = findPath(filter.attrPath, attributes, kind)
  if ('valFilter' in filter) {
    if (attribute.type !== 'complex' || sub) throw invalid(`${filter.attrPath} has no values to choose from.`)
    const inner = compile(filter.valFilter, attribute.subAttributes ?? [], null)
    return (resource) => listOf(resource[attribute.name]).some((item) => isObject(item) && inner(item as Resource))
  }
  const compared = sub ?? (attribute.type === 'complex' ? impliedValue(attribute) : attribute)
  if (!('compValue' in filter)) {
    return (resource) => valuesAt(resource, attribute, sub).some(isPresent)
  }
  if (!compared) throw invalid(`${attribute.name} has no single value.`)
  const fits = compare(filter, compared)
  const part = sub ?? (attribute.type === 'complex' ? compared : undefined)
  if (filter.compValue === null) {
    const absent = (resource: Resource) => !valuesAt(resource, attribute, part).some(isPresent)
    return filter.op === 'ne' ? (resource) => !absent(resource) : absent
  }
  return (resource) => {
    const values = valuesAt(resource, attribute, part).filter(isPresent)
    return values.length === 0 ? filter.op === 'ne' : values.some(fits)
  }
}

function findPath(path: string, attributes: readonly Attribute[], kind: ResourceKind | null): [Attribute, Attribute?] {
  const [name = '', subName, ...rest] = (kind ? (withoutSchema(kind, path) ?? '') : path).split('.')
  const attribute = findAttribute(attributes, name)
  const sub = subName === undefined ? undefined : findAttribute(attribute?.subAttributes ?? [], subName)
  if (!attribute || rest.length > 0 || (subName !== undefined && !sub)) throw invalid(`${path} is not kept here.`)
  return sub ? [attribute, sub] : [attribute]
}

/** `emails co "…"` is about the value of each. */
function impliedValue(attribute: Attribute): Attribute | undefined {
  return attribute.multiValued && findAttribute(attribute.subAttributes ?? [], 'value')
}

function compare({ op, compValue }: Comparison, attribute: Attribute): (value: ScimValue) => boolean {
  if (attribute.type === 'boolean') {
    const sought = String(compValue).toLowerCase()
    if (op !== 'eq' && op !== 'ne') throw invalid(`${attribute.name} is true or false, and has no order.`)
    if (compValue !== null && sought !== 'true' && sought !== 'false')
      throw invalid(`${attribute.name} is true or false.`)
    return (value) => (String(value) === sought) === (op === 'eq')
  }
  if (compValue !== null && typeof compValue !== 'string') throw invalid(`${attribute.name} is a text.`)
  const sought = foldOf(attribute, compValue ?? '')
  if (attribute.type === 'dateTime' && Number.isNaN(Number(sought)) && compValue !== null) {
    throw invalid(`${attribute.name} is a time such as "2027-01-15T03:00:00Z".`)
  }
  return (value) => ORDER[op](foldOf(attribute, String(value)), sought, attribute.type === 'dateTime')
}

const ORDER: Record<Comparison['op'], (value: string, sought: string, asNumber: boolean) => boolean> = {
  eq: (value, sought) => value === sought,
  ne: (value, sought) => value !== sought,
  co: (value, sought) => value.includes(sought),
  sw: (value, sought) => value.startsWith(sought),
  ew: (value, sought) => value.endsWith(sought),
  gt: (value, sought, asNumber) => (asNumber ? Number(value) > Number(sought) : value > sought),
  ge: (value, sought, asNumber) => (asNumber ? Number(value) >= Number(sought) : value >= sought),
  lt: (value, sought, asNumber) => (asNumber ? Number(value) < Number(sought) : value < sought),
  le: (value, sought, asNumber) => (asNumber ? Number(value) <= Number(sought) : value <= sought),
}

function foldOf(attribute: Attribute, text: string): string {
  if (attribute.type === 'dateTime') return String(Date.parse(text))
  return attribute.caseExact ? text : foldCase(text)
}

/** A text as it is compared where case does not count. */
export function foldCase(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

function valuesAt(resource: Resource, attribute: Attribute, sub: Attribute | undefined): ScimValue[] {
  const values = listOf(resource[attribute.name])
  if (!sub) return values
  return values.flatMap((value) => (isObject(value) ? listOf((value as Resource)[sub.name]) : []))
}

function listOf(value: ScimValue | undefined): ScimValue[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

function isPresent(value: ScimValue): boolean {
  return value !== '' && !(isObject(value) && Object.keys(value).length === 0)
}

function invalid(why: string) {
  return refuse('invalidFilter', `This filter cannot be used. ${why}`, 'filter')
}
