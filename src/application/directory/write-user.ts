import { type Actor, nameOf } from '../../domain/access/role.ts'
import type { Resource } from '../../domain/directory/attributes.ts'
import { type DirectoryPerson, readUser } from '../../domain/directory/read-user.ts'
import { audited } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { toNewPerson } from '../people/apply-plan.ts'
import type { DirectoryUser } from '../ports/directory-store.ts'
import type { Person } from '../ports/people-store.ts'
import type { Statement } from '../ports/statement.ts'
import { changePerson } from './change-person.ts'
import { planRemoval } from './remove-user.ts'

interface Writing {
  /** As it was; null for somebody whom the directory did not have. */
  row: DirectoryUser | null
  /** As they are; null for somebody new, and for somebody who is taken out and stays so. */
  person: Person | null
  /** Whether they were taken out, and come back by this. */
  gone: boolean
  user: Resource
  said: DirectoryPerson
  /** Whoever left and had this user name, which they let go of. */
  former: DirectoryUser | null
}

/**
 * Writes what a directory says of a person, and changes of the person what it now says otherwise than before: what others
 * corrected here meanwhile stays until the directory itself says something new about it.
 */
export async function writeUser(deps: Deps, actor: Actor, writing: Writing): Promise<DirectoryUser> {
  const { row, person, gone, user, said, former } = writing
  const { directory, people } = deps.store
  const now = deps.clock()
  const by = nameOf(actor)
  const { active: _, ...kept } = user
  const next: DirectoryUser = {
    id: row?.id ?? person?.id ?? deps.newId(),
    version: (row?.version ?? 0) + 1,
    userName: said.userName,
    externalId: said.externalId ?? null,
    state: said.active ? 'active' : 'inactive',
    user: kept,
    points: row?.points ?? [],
    createdAt: row?.createdAt ?? now,
    updatedAt: now,
    present: said.active,
  }
  const statements: Statement[] = [directory.requireUser(next.id, row?.version ?? 0)]
  if (former) {
    const userName = `${former.userName} (left ${former.id})`
    const renamed = { ...former, version: former.version + 1, userName, user: { ...former.user, userName } }
    statements.push(directory.requireUser(former.id, former.version), directory.saveUser(renamed))
  }
  if (!row && !person) {
    const made = { ...newPerson(deps, said), id: next.id }
    next.points = made.contactPoints.map(({ id }) => id)
    statements.push(...people.add([made], now, by), audited(deps, actor, 'person.create', next.id))
    // A directory may say at once that somebody has left: who is taken out can be given back later.
    if (!said.active) statements.push(...people.remove([made], now, by))
  } else if (person) {
    const leaving = row?.state === 'active' && !said.active
    const removal = leaving ? await planRemoval(deps, actor, person, 'deactivated') : null
    if (removal?.outcome === 'done') statements.push(...removal.statements)
    else {
      const changed = changePerson(deps, person, said, row && saidBefore(deps, row), next.points)
      next.points = changed.points
      statements.push(directory.requirePeople([person]))
      if (removal) statements.push(...removal.statements)
      if (said.active) statements.push(directory.settleRemoval(next.id, 'given_back', now, by))
      if (gone) {
        // Groups may have got other names while they were away.
        const named = (await directory.groupsOf([person.id])).get(person.id) ?? []
        const groups = [...new Set([...person.groups, ...named.map(({ name }) => name)])]
        const back = { ...(changed.person ?? { ...person, version: person.version + 1 }), groups }
        statements.push(...people.bringBack([back], now, by), audited(deps, actor, 'person.bring_back', next.id))
      } else if (changed.person) {
        statements.push(...people.change([changed.person], now, by), audited(deps, actor, 'person.update', next.id))
      } else if (row && !leaving && row.state === next.state && isSame(row.user, next.user)) return row
    }
  }
  statements.push(directory.saveUser(next))
  await deps.store.commit(statements)
  return next
}

function newPerson(deps: Deps, { name, contactPoints, externalId, language, timeZone }: DirectoryPerson): Person {
  return toNewPerson(deps, {
    name,
    groups: [],
    deputies: [],
    contactPoints,
    ...(externalId === undefined ? {} : { externalId }),
    ...(language === undefined ? {} : { language }),
    ...(timeZone === undefined ? {} : { timeZone }),
  })
}

/** What it said before; null when everything counts as new, as for somebody who was taken up again. */
function saidBefore(deps: Deps, row: DirectoryUser): DirectoryPerson | null {
  if (!row.present) return null
  try {
    return readUser(row.user, deps.settings.region)
  } catch {
    // What could be read once may not be any more: numbering plans change.
    return null
  }
}

function isSame(left: Resource, right: Resource): boolean {
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  )
}
