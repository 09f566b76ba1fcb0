import { attributesOf, findAttribute, type Resource, type ResourceKind, withoutSchema } from './attributes.ts'
import { foldCase } from './match-filter.ts'
import { isObject } from './read-resource.ts'
import { refuse } from './refuse.ts'

/**
 * What resources are sorted by (RFC 7644, 3.4.2.3): of several values the preferred one, else the first.
 *
 * @throws Problem `scim.invalidPath` for an attribute that is not there
 */
export function sortKey(kind: ResourceKind, path: string): (resource: Resource) => string | null {
  const [name = '', subName, ...rest] = (withoutSchema(kind, path) ?? '').split('.')
  const attribute = findAttribute(attributesOf(kind), name)
  const sub = findAttribute(attribute?.subAttributes ?? [], subName ?? 'value')
  const whole = attribute !== undefined && attribute.type !== 'complex' && subName === undefined
  if (!attribute || rest.length > 0 || !(whole || sub)) {
    throw refuse('invalidPath', 'There is nothing of that name to sort by.', 'sortBy')
  }
  return (resource) => {
    const value = resource[attribute.name]
    const one = Array.isArray(value) ? (value.find((item) => item.primary === true) ?? value[0]) : value
    const key = isObject(one) && sub ? (one as Resource)[sub.name] : one
    return typeof key === 'string' || typeof key === 'boolean' ? foldCase(String(key)) : null
  }
}
