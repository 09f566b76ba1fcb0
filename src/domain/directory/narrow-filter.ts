import { type ResourceKind, withoutSchema } from './attributes.ts'
import type { Filter } from './parse-filter.ts'

/** What can be looked up without reading everything. */
export interface Narrowed {
  attribute: 'id' | 'externalid' | 'username' | 'displayname'
  value: string
}

/** An equality that everything that a filter lets through must fulfil; null where there is none of these. */
export function narrowFilter(kind: ResourceKind, filter: Filter): Narrowed | null {
  if ('filters' in filter) {
    if (filter.op !== 'and') return null
    return filter.filters.map((part) => narrowFilter(kind, part)).find((found) => found !== null) ?? null
  }
  if (!('compValue' in filter) || filter.op !== 'eq' || typeof filter.compValue !== 'string') return null
  const name = withoutSchema(kind, filter.attrPath)?.toLowerCase()
  const unique = kind.name === 'User' ? 'username' : 'displayname'
  return name === 'id' || name === 'externalid' || name === unique ? { attribute: name, value: filter.compValue } : null
}
