import type { Actor } from '../../domain/access/role.ts'
import { applyPatch } from '../../domain/directory/apply-patch.ts'
import { type Resource, USER } from '../../domain/directory/attributes.ts'
import { readResource } from '../../domain/directory/read-resource.ts'
import { type DirectoryPerson, readUser } from '../../domain/directory/read-user.ts'
import { refuse } from '../../domain/directory/refuse.ts'
import { normalizeName } from '../../domain/people/normalize-name.ts'
import type { Deps } from '../deps.ts'
import type { DirectoryUser } from '../ports/directory-store.ts'
import type { Person } from '../ports/people-store.ts'
import { findVisible, isHidden, isTakenOutByHuman } from './find-user.ts'
import { requireVersion, tryAgain } from './try-again.ts'
import { viewUser } from './view-resource.ts'
import { writeUser } from './write-user.ts'

/**
 * Takes a person from a directory. Somebody whom it deleted before is taken up again as the same person, and so is
 * somebody who came by a file: with the same external id, or with the same name and an address in common. A user name that
 * is used again with another external id, or now with one, is another person's: the one who left has nothing to do with it.
 *
 * @throws Problem `scim.invalidValue` with the attribute; `scim.uniqueness` when it has this user already, and when a human
 *   took that person out: a directory that is told so shows it to whoever runs it, where an answer as if all were well
 *   would hide that nobody is alerted
 */
export async function createUser(deps: Deps, actor: Actor, body: unknown): Promise<Resource> {
  const user = readResource(USER, body)
  const said = readUser(user, deps.settings.region)
  return tryAgain(async () => {
    const { hidden, former } = await findHidden(deps, said)
    if (hidden && isTakenOutByHuman(hidden)) throw takenOut()
    const id = hidden?.id ?? (await findKnown(deps, said))
    return save(deps, actor, { row: hidden, id, user, said, former })
  })
}

/** @throws Problem as `createUser`, `directory.unknown`, `directory.stale` */
export function replaceUser(deps: Deps, actor: Actor, id: string, version: number | null, body: unknown) {
  const user = readResource(USER, body)
  return changeUser(deps, actor, id, version, () => user)
}

/** @throws Problem as `replaceUser`, and what `applyPatch` throws */
export function patchUser(deps: Deps, actor: Actor, id: string, version: number | null, body: unknown) {
  return changeUser(deps, actor, id, version, (user) => applyPatch(USER, user, body))
}

function changeUser(
  deps: Deps,
  actor: Actor,
  id: string,
  version: number | null,
  change: (user: Resource) => Resource,
): Promise<Resource> {
  return tryAgain(async () => {
    const row = await findVisible(deps, id)
    requireVersion(row.version, version)
    const user = change({ ...row.user, active: row.state === 'active' })
    const said = readUser(user, deps.settings.region)
    const other = await deps.store.directory.user({ userName: said.userName })
    const former = other && other.id !== id ? other : null
    if (former && !isHidden(former)) throw taken('userName')
    return save(deps, actor, { row, id, user, said, former })
  })
}

interface Saving {
  row: DirectoryUser | null
  /** Of the person who is taken up or changed; null for somebody new. */
  id: string | null
  user: Resource
  said: DirectoryPerson
  /** Somebody else who had the user name and has left. */
  former: DirectoryUser | null
}

async function save(deps: Deps, actor: Actor, { row, id, user, said, former }: Saving): Promise<Resource> {
  const { directory } = deps.store
  if (said.externalId !== undefined) {
    const holder = await directory.holderOf(said.externalId)
    const user = await directory.user({ externalId: said.externalId })
    if ((holder !== null && holder !== id) || (user && user.id !== id)) throw taken('externalId')
  }
  const found = id === null ? null : await findPerson(deps, id, said.active)
  const gone = found?.removed ?? false
  // A name alone does not prove that it is the same person, to whom the numbers of others may be given.
  const named = gone && row?.state === 'deleted' && row.externalId === null
  const saved = await writeUser(deps, actor, {
    row,
    person: found && named ? keepOnly(found.person, row.points) : (found?.person ?? null),
    gone,
    user,
    said,
    former,
  })
  return viewUser(deps, saved, (await directory.groupsOf([saved.id])).get(saved.id) ?? [])
}

/** The person as they are; whoever was taken out only when they are to come back, as they were then. */
async function findPerson(
  deps: Deps,
  id: string,
  active: boolean,
): Promise<{ person: Person; removed: boolean } | null> {
  const [person] = await deps.store.people.find([id])
  if (person) return { person, removed: false }
  const [last] = active ? await deps.store.people.versions(id) : []
  return last ?? null
}

function keepOnly(person: Person, brought: readonly string[]): Person {
  return { ...person, contactPoints: person.contactPoints.filter(({ id }) => brought.includes(id)) }
}

/** Who left and comes back, and who left and only had the same user name. */
async function findHidden(
  deps: Deps,
  said: DirectoryPerson,
): Promise<{ hidden: DirectoryUser | null; former: DirectoryUser | null }> {
  const named = await deps.store.directory.user({ userName: said.userName })
  if (named && !isHidden(named)) throw taken('userName')
  if (named && named.externalId === (said.externalId ?? null)) return { hidden: named, former: null }
  if (said.externalId === undefined) return { hidden: null, former: named }
  const known = await deps.store.directory.user({ externalId: said.externalId })
  if (known && !isHidden(known)) throw taken('externalId')
  return { hidden: known, former: named }
}

async function findKnown(deps: Deps, said: DirectoryPerson): Promise<string | null> {
  const { directory, people } = deps.store
  if (said.externalId !== undefined) {
    const [same] = await directory.strangers({ externalId: said.externalId })
    if (same !== undefined) return same
  }
  const addresses = said.contactPoints.map(({ address }) => address)
  const alike = await people.find(addresses.length === 0 ? [] : await directory.strangers({ addresses }))
  const name = normalizeName(said.name)
  const same = alike.filter((person) => normalizeName(person.name) === name && person.externalId === null)
  return same.length === 1 && same[0] ? same[0].id : null
}

function takenOut() {
  const message = 'Somebody took this person out of the alert service by hand. Only there can they be brought back.'
  return refuse('uniqueness', message, 'userName')
}

function taken(field: string) {
  return refuse('uniqueness', `Another user has this ${field}.`, field)
}
