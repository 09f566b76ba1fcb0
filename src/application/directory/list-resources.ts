import { GROUP, type Resource, type ResourceKind, USER } from '../../domain/directory/attributes.ts'
import { compileFilter } from '../../domain/directory/match-filter.ts'
import { type Narrowed, narrowFilter } from '../../domain/directory/narrow-filter.ts'
import { parseFilter } from '../../domain/directory/parse-filter.ts'
import { sortKey } from '../../domain/directory/sort-key.ts'
import type { Deps } from '../deps.ts'
import type { DirectoryUser } from '../ports/directory-store.ts'
import { findVisible, isHidden } from './find-user.ts'
import { unknownResource } from './try-again.ts'
import { viewGroup, viewUser } from './view-resource.ts'

export interface ListRequest {
  filter: string | null
  sortBy: string | null
  descending: boolean
  /** From 1. */
  startIndex: number
  count: number
  /** Whether members are of interest: they can be many. */
  members: boolean
}

export interface Listed {
  total: number
  resources: Resource[]
}

/** Users read at a time: opening what the directory said of so many takes some 10 ms. */
const PAGE = 500

/** @throws Problem `scim.invalidFilter`, `scim.invalidPath` */
export async function listResources(deps: Deps, kind: ResourceKind, request: ListRequest): Promise<Listed> {
  const { startIndex, count } = request
  const filter = request.filter === null ? null : parseFilter(request.filter)
  const test = filter === null ? () => true : compileFilter(kind, filter)
  const keyOf = request.sortBy === null ? null : sortKey(kind, request.sortBy)
  if (kind === USER && !filter && !keyOf) return listUsers(deps, startIndex - 1, count)
  const found: { resource: Resource; key: string | null }[] = []
  let total = 0
  for await (const page of candidates(deps, kind, filter && narrowFilter(kind, filter), request)) {
    for (const resource of page) {
      if (!test(resource)) continue
      total++
      if (keyOf || (total >= startIndex && found.length < count)) {
        found.push({ resource, key: keyOf?.(resource) ?? null })
      }
    }
  }
  if (!keyOf) return { total, resources: found.map(({ resource }) => resource) }
  found.sort((left, right) => compareKeys(left.key, right.key))
  if (request.descending) found.reverse()
  return { total, resources: found.slice(startIndex - 1, startIndex - 1 + count).map(({ resource }) => resource) }
}

/** Whoever has no value comes last. */
function compareKeys(left: string | null, right: string | null): number {
  if (left === right) return 0
  if (left === null || right === null) return left === null ? 1 : -1
  return left < right ? -1 : 1
}

async function listUsers(deps: Deps, skip: number, count: number): Promise<Listed> {
  const total = await deps.store.directory.countUsers()
  const rows = count === 0 ? [] : await deps.store.directory.users({ skip }, count)
  return { total, resources: await viewUsers(deps, rows) }
}

async function* candidates(
  deps: Deps,
  kind: ResourceKind,
  narrowed: Narrowed | null,
  request: ListRequest,
): AsyncIterable<Resource[]> {
  if (kind === GROUP) yield* groupPages(deps, narrowed, request)
  else if (narrowed) yield viewUsers(deps, await lookUpUser(deps, narrowed))
  else yield* userPages(deps)
}

async function lookUpUser(deps: Deps, { attribute, value }: Narrowed): Promise<DirectoryUser[]> {
  const by = attribute === 'id' ? { id: value } : attribute === 'username' ? { userName: value } : { externalId: value }
  const row = await deps.store.directory.user(by)
  return row && !isHidden(row) ? [row] : []
}

async function* userPages(deps: Deps): AsyncIterable<Resource[]> {
  for (let after = ''; ; ) {
    const rows: DirectoryUser[] = await deps.store.directory.users({ after }, PAGE)
    if (rows.length > 0) yield viewUsers(deps, rows)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = last.id
    await deps.pause(0)
  }
}

async function* groupPages(deps: Deps, narrowed: Narrowed | null, request: ListRequest): AsyncIterable<Resource[]> {
  const groups = await deps.store.directory.groups()
  const sought = groups.filter(({ id, externalId }) => {
    if (narrowed?.attribute === 'id') return id === narrowed.value
    return narrowed?.attribute === 'externalid' ? externalId === narrowed.value : true
  })
  // A filter may ask for members also where the answer does not show them.
  const members = request.members || request.filter !== null
  for (const group of sought)
    yield [viewGroup(deps, group, members ? await deps.store.directory.members(group.id) : [])]
}

async function viewUsers(deps: Deps, rows: readonly DirectoryUser[]): Promise<Resource[]> {
  const groups = await deps.store.directory.groupsOf(rows.map(({ id }) => id))
  return rows.map((row) => viewUser(deps, row, groups.get(row.id) ?? []))
}

/** @throws Problem `directory.unknown` */
export async function showResource(deps: Deps, kind: ResourceKind, id: string, members = true): Promise<Resource> {
  if (kind === USER) {
    const [view] = await viewUsers(deps, [await findVisible(deps, id)])
    if (view) return view
  }
  const group = kind === GROUP ? await deps.store.directory.group({ id }) : null
  if (!group) throw unknownResource()
  return viewGroup(deps, group, members ? await deps.store.directory.members(id) : [])
}
