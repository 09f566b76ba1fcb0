import { type Attribute, attributesOf, findAttribute, type ResourceKind, withoutSchema } from './attributes.ts'
import { compileValueFilter, type Test } from './match-filter.ts'
import { type Filter, parseFilter } from './parse-filter.ts'
import { refuse } from './refuse.ts'

/** What an operation is about (RFC 7644, 3.5.2): an attribute, some of its values, a part of it. */
export interface Target {
  attribute: Attribute
  sub: Attribute | null
  /** Which of several values, by `emails[type eq "work"]`; null for the attribute as a whole. */
  selected: { test: Test; filter: Filter } | null
}

const SHAPE = /^([a-z$][\w$-]*)(?:\[(.*)\])?(?:\.([a-z$][\w$-]*))?$/is
/** What RFC 7643 knows of a user and this service does not keep: a directory may name it, and it is left aside. */
const LEFT_ASIDE =
  /^(?:nickName|profileUrl|title|userType|password|ims|photos|addresses|entitlements|roles|x509Certificates|schemas)$/i
const LEFT_ASIDE_PARTS = /^(?:honorificPrefix|honorificSuffix|\$ref)$/i

/**
 * The target of a path; null for one of which nothing is kept here, such as the manager of the enterprise schema.
 *
 * @throws Problem `scim.invalidPath`, `scim.mutability`, `scim.invalidFilter`
 */
export function readPath(kind: ResourceKind, path: string): Target | null {
  const own = withoutSchema(kind, path)
  if (own === null) return null
  const [, name = '', filterText, subName] = SHAPE.exec(own.trim()) ?? []
  const attribute = findAttribute(attributesOf(kind), name)
  if (!attribute && LEFT_ASIDE.test(name)) return null
  if (!attribute) throw refuse('invalidPath', 'The path names nothing that is known here.', 'path')
  if (attribute.readOnly) throw refuse('mutability', `${attribute.name} cannot be changed by a directory.`, 'path')
  if (subName !== undefined && LEFT_ASIDE_PARTS.test(subName)) return null
  const sub = subName === undefined ? null : findAttribute(attribute.subAttributes ?? [], subName)
  if (sub === undefined) throw refuse('invalidPath', `${attribute.name} has no such part.`, 'path')
  if (sub?.readOnly) throw refuse('mutability', `This part of ${attribute.name} cannot be changed.`, 'path')
  if (filterText === undefined) return { attribute, sub, selected: null }
  if (!attribute.multiValued) throw refuse('invalidPath', `${attribute.name} has no several values.`, 'path')
  const filter = parseFilter(filterText)
  return { attribute, sub, selected: { test: compileValueFilter(attribute, filter), filter } }
}

/**
 * What a value must say to be chosen by a filter of plain equalities; null for any other filter, by which nothing can be
 * made.
 */
export function valueSaid(attribute: Attribute, filter: Filter): Record<string, unknown> | null {
  if ('filters' in filter && filter.op === 'and') {
    const parts = filter.filters.map((part) => valueSaid(attribute, part))
    return parts.includes(null) ? null : Object.assign({}, ...parts)
  }
  if (!('compValue' in filter) || filter.op !== 'eq') return null
  const sub = findAttribute(attribute.subAttributes ?? [], filter.attrPath)
  return sub ? { [sub.name]: filter.compValue } : null
}
