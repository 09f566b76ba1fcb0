import type { PersonBody } from '../../contract/people.ts'
import type { Actor } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { readEmailAddresses } from '../../domain/people/email-address.ts'
import type { ContactPointDraft } from '../../domain/people/person.ts'
import { readPhoneNumbers } from '../../domain/people/phone-number.ts'
import { readLanguage } from '../../domain/people/read-language.ts'
import { readTimeZone } from '../../domain/people/read-time-zone.ts'
import { audited } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, type Once } from '../once.ts'
import type { Person } from '../ports/people-store.ts'
import { toContactPoint, toNewPerson } from './apply-plan.ts'

/** @throws Problem naming the field that is wrong; `person.external_id_taken` */
export async function createPerson(deps: Deps, actor: Actor, body: PersonBody, once: Once | null): Promise<Person> {
  const { externalId, language, timeZone, duty } = checkFields(body)
  const contactPoints = readPoints(deps, body.contactPoints)
  const person = toNewPerson(deps, {
    name: body.name,
    groups: body.groups,
    deputies: [],
    contactPoints,
    ...(externalId === undefined ? {} : { externalId }),
    ...(language === undefined ? {} : { language }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(duty === undefined ? {} : { duty }),
  })
  const statements = [
    ...deps.store.people.save([person], deps.clock()),
    audited(deps, actor, 'person.create', person.id),
  ]
  const { result } = await refuseTaken(() => commitOnce(deps, actor, once, statements, person))
  return result
}

/**
 * Changes what the patch names. Contact points, where given, replace those that a person can type; push devices stay.
 *
 * @throws Problem `person.unknown`, `person.stale` when somebody else changed the person meanwhile
 */
export async function updatePerson(
  deps: Deps,
  actor: Actor,
  id: string,
  version: number | null,
  patch: { [Field in keyof PersonBody]?: PersonBody[Field] | undefined },
): Promise<Person> {
  const person = await findPerson(deps, id)
  if (version !== null && version !== person.version) throw stale()
  const fields = checkFields(patch)
  const points = patch.contactPoints && readPoints(deps, patch.contactPoints)
  const kept = person.contactPoints.filter((point) => !points || point.kind === 'push' || isNamed(point, points))
  const added = (points ?? []).filter((draft) => !person.contactPoints.some((point) => isSame(point, draft)))
  const changed: Person = {
    ...person,
    version: person.version + 1,
    externalId: fields.externalId ?? person.externalId,
    name: patch.name ?? person.name,
    language: fields.language ?? person.language,
    timeZone: fields.timeZone ?? person.timeZone,
    groups: patch.groups ?? person.groups,
    duty: fields.duty ?? person.duty,
    contactPoints: [
      ...kept.map((point, position) => ({ ...point, position })),
      ...added.map((draft, index) => toContactPoint(deps, draft, kept.length + index)),
    ],
  }
  const statements = [...deps.store.people.save([changed], deps.clock()), audited(deps, actor, 'person.update', id)]
  const [saved] = await refuseTaken(() => deps.store.commit(statements))
  if (!saved || saved.length === 0) throw stale()
  return changed
}

/** @throws Problem `person.unknown`, `person.stale` */
export async function removePerson(deps: Deps, actor: Actor, id: string, version: number | null): Promise<void> {
  const person = await findPerson(deps, id)
  const removal = deps.store.people.remove(id, version ?? person.version, deps.clock())
  const [removed] = await deps.store.commit([...removal, audited(deps, actor, 'person.remove', id)])
  if (!removed || removed.length === 0) throw stale()
}

/** @throws Problem `person.unknown` */
export async function findPerson(deps: Deps, id: string): Promise<Person> {
  const [person] = await deps.store.people.find([id])
  if (!person) throw new Problem('missing', 'person.unknown', 'There is no such person.')
  return person
}

function stale(): Problem {
  return new Problem('stale', 'person.stale', 'Somebody else changed this person meanwhile. Look again and repeat.')
}

function checkFields(body: { [Field in keyof PersonBody]?: PersonBody[Field] | undefined }) {
  const language = body.language === undefined ? undefined : readLanguage(body.language)
  if (body.language !== undefined && language === undefined) {
    throw new Problem('invalid', 'language.unknown', 'This is not a language.', { field: 'language' })
  }
  const timeZone = body.timeZone === undefined ? undefined : readTimeZone(body.timeZone)
  if (body.timeZone !== undefined && timeZone === undefined) {
    throw new Problem('invalid', 'time_zone.unknown', 'This is not a time zone such as "Europe/Paris".', {
      field: 'timeZone',
    })
  }
  return { externalId: body.externalId, language, timeZone, duty: body.duty }
}

function readPoints(deps: Deps, points: PersonBody['contactPoints']): ContactPointDraft[] {
  return points.flatMap((point, index): ContactPointDraft[] => {
    const field = `contactPoints.${index}.address`
    if (point.kind === 'email') {
      const reading = readEmailAddresses(point.address)
      if (!reading.ok) throw new Problem('invalid', reading.code, reading.reason, { field })
      return reading.addresses.map((address) => ({ kind: point.kind, address, label: point.label, marks: [] }))
    }
    const reading = readPhoneNumbers(point.address, deps.settings.region)
    if (!reading.ok) throw new Problem('invalid', reading.code, reading.reason, { field })
    return reading.numbers.map(({ e164, extension, marks }) => ({
      kind: point.kind,
      address: e164,
      label: point.label,
      marks,
      ...(extension === undefined ? {} : { extension }),
    }))
  })
}

interface Comparable {
  kind: string
  address: string
}

function isSame(left: Comparable, right: Comparable): boolean {
  return left.kind === right.kind && left.address === right.address
}

function isNamed(point: Comparable, drafts: readonly Comparable[]): boolean {
  return drafts.some((draft) => isSame(point, draft))
}

async function refuseTaken<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (!/people\.external_id|people_external_id/.test(String(error))) throw error
    throw new Problem('conflict', 'person.external_id_taken', 'Another person has this external id.', {
      field: 'externalId',
    })
  }
}
