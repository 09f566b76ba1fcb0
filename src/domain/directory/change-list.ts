import { type Attribute, findAttribute, type Resource, type ScimValue } from './attributes.ts'
import { foldCase } from './match-filter.ts'
import { type Target, valueSaid } from './patch-path.ts'
import { readValue } from './read-resource.ts'
import { refuse } from './refuse.ts'

export type Op = 'add' | 'replace' | 'remove'

/** All values of an attribute after one operation about it. */
export function changeList(list: Resource[], op: Op, attribute: Attribute, value: unknown): Resource[] {
  const given = (readValue(attribute, value) ?? []) as Resource[]
  if (op === 'replace') return merge([], given, attribute)
  if (op === 'add') return merge(list, given, attribute)
  // Entra ID names the members to remove in the value; without one all of them are meant.
  if (value === undefined || value === null) return []
  return list.filter((item) => !given.some((gone) => covers(attribute, gone, item)))
}

/** Whether everything that is said of one value is true of another. */
function covers(attribute: Attribute, said: Resource, item: Resource): boolean {
  return Object.entries(said).every(([name, value]) =>
    sameValue(findAttribute(attribute.subAttributes ?? [], name), value, item[name]),
  )
}

function sameValue(
  attribute: Attribute | undefined,
  left: ScimValue | undefined,
  right: ScimValue | undefined,
): boolean {
  if (typeof left !== 'string' || typeof right !== 'string' || attribute?.caseExact) return left === right
  return foldCase(left) === foldCase(right)
}

/** Each value once; of several that claim to be the preferred one, the latest is. */
function merge(list: readonly Resource[], given: readonly Resource[], attribute: Attribute): Resource[] {
  const keyOf = (item: Resource) =>
    attribute.name === 'members' ? String(item.value) : foldCase(`${item.type ?? ''} ${item.value ?? ''}`)
  const merged = new Map(list.map((item) => [keyOf(item), item]))
  for (const item of given) merged.set(keyOf(item), { ...merged.get(keyOf(item)), ...item })
  const preferred = given.findLast((item) => item.primary === true)
  return settlePrimary([...merged.values()], preferred && merged.get(keyOf(preferred)))
}

function settlePrimary(list: Resource[], preferred: Resource | undefined): Resource[] {
  if (!preferred) return list
  return list.map((item) => (item.primary === true && item !== preferred ? { ...item, primary: false } : item))
}

/** The same for an operation about those values that a filter selects, or about a part of them. */
export function changeSelected(
  list: Resource[],
  op: Op,
  { attribute, sub }: Target,
  { test, filter }: NonNullable<Target['selected']>,
  value: unknown,
): Resource[] {
  const name = `${attribute.name}${sub ? `.${sub.name}` : ''}`
  const part = (): Resource => {
    const read = sub ? readValue(sub, value, name) : ((readValue(attribute, value) ?? []) as Resource[])[0]
    if (sub) return read === undefined ? {} : { [sub.name]: read }
    return (read as Resource | undefined) ?? {}
  }
  const without = ({ ...item }: Resource): Resource => {
    if (sub) delete item[sub.name]
    return item
  }
  if (op === 'remove') {
    const left = list.flatMap((item) => (test(item) ? (sub ? [without(item)] : []) : [item]))
    return left.filter((item) => item.value !== undefined)
  }
  const given = part()
  if (list.some(test)) {
    const said = ((readValue(attribute, valueSaid(attribute, filter)) ?? []) as Resource[])[0] ?? {}
    const after = list.map((item) => {
      if (!test(item)) return { item, chosen: false }
      return { item: { ...(sub || op === 'add' ? without(item) : said), ...given }, chosen: true }
    })
    const preferred = given.primary === true ? after.findLast(({ chosen }) => chosen)?.item : undefined
    const items = after.map(({ item }) => item)
    return settlePrimary(items, preferred).filter((item) => item.value !== undefined)
  }
  const said = valueSaid(attribute, filter)
  if (!said) throw refuse('noTarget', `None of the ${attribute.name} is like that.`, 'path')
  const made = { ...(((readValue(attribute, said) ?? []) as Resource[])[0] ?? {}), ...given }
  // A part alone, such as whether it is the preferred one, makes no address.
  return made.value === undefined ? list : settlePrimary([...list, made], made.primary === true ? made : undefined)
}
