import { type Actor, nameOf } from '../../domain/access/role.ts'
import { applyPatch } from '../../domain/directory/apply-patch.ts'
import { GROUP, type Resource } from '../../domain/directory/attributes.ts'
import { readResource } from '../../domain/directory/read-resource.ts'
import { refuse } from '../../domain/directory/refuse.ts'
import { audited } from '../audited.ts'
import type { Deps } from '../deps.ts'
import type { DirectoryGroup } from '../ports/directory-store.ts'
import type { Statement } from '../ports/statement.ts'
import { requireVersion, tryAgain, unknownResource } from './try-again.ts'
import { viewGroup } from './view-resource.ts'

const LONGEST_NAME = 100
/** People of one group who are written in one statement list; sealing their addresses takes some 20 ms. */
const SLICE = 500

/** @throws Problem `scim.invalidValue`, `scim.uniqueness` */
export function createGroup(deps: Deps, actor: Actor, body: unknown): Promise<Resource> {
  const group = readResource(GROUP, body)
  return tryAgain(() => save(deps, actor, null, group))
}

/** @throws Problem as `createGroup`, `directory.unknown`, `directory.stale` */
export function replaceGroup(deps: Deps, actor: Actor, id: string, version: number | null, body: unknown) {
  const group = readResource(GROUP, body)
  return changeGroup(deps, actor, id, version, () => group)
}

/** @throws Problem as `replaceGroup`, and what `applyPatch` throws */
export function patchGroup(deps: Deps, actor: Actor, id: string, version: number | null, body: unknown) {
  return changeGroup(deps, actor, id, version, (group) => applyPatch(GROUP, group, body))
}

/** Takes the group's name from everybody in it; nobody is taken out. @throws Problem `directory.unknown`, `directory.stale` */
export function removeGroup(deps: Deps, actor: Actor, id: string, version: number | null): Promise<void> {
  return tryAgain(async () => {
    const row = await findGroup(deps, id)
    requireVersion(row.version, version)
    const members = (await deps.store.directory.members(id)).map((member) => member.id)
    await deps.store.commit([
      deps.store.directory.requireGroup(id, row.version),
      ...(await renameOn(deps, actor, members, row.name, null)),
      ...deps.store.directory.removeGroup(id),
      audited(deps, actor, 'directory.delete_group', id),
    ])
  })
}

function changeGroup(
  deps: Deps,
  actor: Actor,
  id: string,
  version: number | null,
  change: (group: Resource) => Resource,
): Promise<Resource> {
  return tryAgain(async () => {
    const row = await findGroup(deps, id)
    requireVersion(row.version, version)
    const { id: _, meta: __, ...before } = viewGroup(deps, row, await deps.store.directory.members(id))
    return save(deps, actor, row, change(before))
  })
}

async function save(deps: Deps, actor: Actor, row: DirectoryGroup | null, group: Resource): Promise<Resource> {
  const { directory } = deps.store
  const name = String(group.displayName)
  if (name.length > LONGEST_NAME) {
    throw refuse('invalidValue', `displayName is longer than ${LONGEST_NAME} characters.`, 'displayName')
  }
  const same = await directory.group({ name })
  if (same && same.id !== row?.id) throw refuse('uniqueness', 'Another group has this displayName.', 'displayName')
  const now = deps.clock()
  const before = row ? (await directory.members(row.id)).map(({ id }) => id) : []
  const members = await readMembers(deps, group)
  const added = members.filter((id) => !before.includes(id))
  const removed = before.filter((id) => !members.includes(id))
  const stay = members.filter((id) => before.includes(id))
  const externalId = typeof group.externalId === 'string' ? group.externalId : null
  const renamed = row !== null && row.name !== name
  const unchanged = added.length + removed.length === 0 && !renamed && row?.externalId === externalId
  if (row && unchanged) return viewGroup(deps, row, await directory.members(row.id))
  const next: DirectoryGroup = {
    id: row?.id ?? deps.newId(),
    version: (row?.version ?? 0) + 1,
    name,
    externalId,
    createdAt: row?.createdAt ?? now,
    updatedAt: now,
  }
  await deps.store.commit([
    directory.requireGroup(next.id, row?.version ?? 0),
    directory.saveGroup(next),
    ...directory.changeMembers(next.id, added, removed),
    ...(await renameOn(deps, actor, added, null, name)),
    ...(await renameOn(deps, actor, removed, row?.name ?? null, null)),
    ...(renamed ? await renameOn(deps, actor, stay, row.name, name) : []),
    audited(deps, actor, row ? 'directory.change_group' : 'directory.create_group', next.id, {
      added: added.length,
      removed: removed.length,
    }),
  ])
  return viewGroup(deps, next, await directory.members(next.id))
}

/** @throws Problem `scim.invalidValue` when one of them is nobody whom the directory has */
async function readMembers(deps: Deps, group: Resource): Promise<string[]> {
  const list = Array.isArray(group.members) ? group.members : []
  const ids = [...new Set(list.map(({ value }) => String(value)))]
  const known = await deps.store.directory.known(ids)
  const unknown = ids.find((id) => !known.has(id))
  if (unknown === undefined) return ids
  throw refuse('invalidValue', 'members: one of them is no user of this directory. Nothing was changed.', 'members')
}

/** The names of the groups stand with the people, also those that a file gave them. */
async function renameOn(deps: Deps, actor: Actor, ids: readonly string[], from: string | null, to: string | null) {
  const statements: Statement[] = []
  for (let start = 0; start < ids.length; start += SLICE) {
    const some = await deps.store.people.find(ids.slice(start, start + SLICE))
    const changed = some.flatMap((person) => {
      const groups = person.groups.filter((group) => group !== from && group !== to)
      if (to !== null) groups.push(to)
      const same = groups.length === person.groups.length && groups.every((group) => person.groups.includes(group))
      return same ? [] : [{ ...person, groups, version: person.version + 1 }]
    })
    if (changed.length === 0) continue
    const were = changed.map(({ id, version }) => ({ id, version: version - 1 }))
    statements.push(
      deps.store.directory.requirePeople(were),
      ...deps.store.people.change(changed, deps.clock(), nameOf(actor)),
    )
    await deps.pause(0)
  }
  return statements
}

async function findGroup(deps: Deps, id: string): Promise<DirectoryGroup> {
  const group = await deps.store.directory.group({ id })
  if (!group) throw unknownResource()
  return group
}
