import { attributesOf, findAttribute, type Resource, type ResourceKind, withoutSchema } from './attributes.ts'
import { isObject } from './read-resource.ts'

/** Which attributes a directory wants; of both empty, all. */
export interface Projection {
  attributes: readonly string[]
  excluded: readonly string[]
}

/** What is always there (RFC 7643, 7: "returned"). */
const ALWAYS = ['id', 'schemas']

/** A resource with no more than what was asked for (RFC 7644, 3.9). Names that are not known ask for nothing. */
export function project(kind: ResourceKind, resource: Resource, { attributes, excluded }: Projection): Resource {
  const paths = (attributes.length > 0 ? attributes : excluded).flatMap(
    (path): { name: string; sub: string | null }[] => {
      const [name = '', sub] = (withoutSchema(kind, path) ?? '').split('.')
      const attribute = findAttribute(attributesOf(kind), name)
      if (!attribute) return []
      if (sub === undefined) return [{ name: attribute.name, sub: null }]
      const part = findAttribute(attribute.subAttributes ?? [], sub)
      return part ? [{ name: attribute.name, sub: part.name }] : []
    },
  )
  const keeps = attributes.length > 0
  const entries = Object.entries(resource).flatMap(([name, value]) => {
    if (ALWAYS.includes(name)) return [[name, value] as const]
    const named = paths.filter((path) => path.name === name)
    if (named.length === 0) return keeps ? [] : [[name, value] as const]
    if (named.some(({ sub }) => sub === null)) return keeps ? [[name, value] as const] : []
    const subs = named.map(({ sub }) => sub)
    const pick = (whole: Resource) =>
      Object.fromEntries(Object.entries(whole).filter(([part]) => subs.includes(part) === keeps))
    if (Array.isArray(value)) return [[name, value.map(pick)] as const]
    return isObject(value) ? [[name, pick(value as Resource)] as const] : [[name, value] as const]
  })
  return Object.fromEntries(entries)
}
