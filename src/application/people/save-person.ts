import type { PersonBody, PersonPatch } from '../../contract/people.ts'
import { type Actor, nameOf } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { contactKey } from '../../domain/people/contact-key.ts'
import { readEmailAddresses } from '../../domain/people/email-address.ts'
import type { ContactPointDraft } from '../../domain/people/person.ts'
import { readPhoneNumbers } from '../../domain/people/phone-number.ts'
import { readLanguage } from '../../domain/people/read-language.ts'
import { readTimeZone } from '../../domain/people/read-time-zone.ts'
import { readWebhookAddress } from '../../domain/people/webhook-address.ts'
import { audited, auditedIfChanged } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, type Once } from '../once.ts'
import type { ContactPoint, Person } from '../ports/people-store.ts'
import { toContactPoint, toNewPerson } from './apply-plan.ts'
import { readAbsence } from './read-absence.ts'

/** @throws Problem naming the field that is wrong; `person.external_id_taken` */
export async function createPerson(deps: Deps, actor: Actor, body: PersonBody, once: Once | null): Promise<Person> {
  const { externalId, language, timeZone, duty } = checkFields(body)
  const contactPoints = readPoints(deps, body.contactPoints).map(labelled)
  const draft = toNewPerson(deps, {
    name: body.name,
    groups: body.groups,
    deputies: [],
    contactPoints,
    ...(externalId === undefined ? {} : { externalId }),
    ...(language === undefined ? {} : { language }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(duty === undefined ? {} : { duty }),
  })
  const person = { ...draft, awayUntil: readAbsence(body.awayUntil ?? null, 'awayUntil', deps.clock()) }
  const statements = [
    ...deps.store.people.add([person], deps.clock(), nameOf(actor)),
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
  patch: PersonPatch,
): Promise<Person> {
  const person = await findPerson(deps, id)
  if (version !== null && version !== person.version) throw stale()
  const fields = checkFields(patch)
  const changed: Person = {
    ...person,
    version: person.version + 1,
    externalId: fields.externalId ?? person.externalId,
    name: patch.name ?? person.name,
    language: fields.language ?? person.language,
    timeZone: fields.timeZone ?? person.timeZone,
    groups: patch.groups ?? person.groups,
    duty: patch.duty === undefined ? person.duty : patch.duty || null,
    awayUntil: readChange(deps, person, patch.awayUntil),
    contactPoints: patch.contactPoints
      ? arrange(deps, person.contactPoints, readPoints(deps, patch.contactPoints))
      : person.contactPoints,
  }
  const act = auditedIfChanged(deps, actor, 'person.update', id)
  const rows = await refuseTaken(() =>
    deps.store.commit([...deps.store.people.change([changed], deps.clock(), nameOf(actor)), act]),
  )
  if (rows.at(-2)?.length !== 1) throw stale()
  return changed
}

/** The contact points in the order given, behind those that nobody can type; who was there already keeps their proof. */
function arrange(deps: Deps, present: readonly ContactPoint[], given: readonly TypedPoint[]): ContactPoint[] {
  const typed = present.filter(({ kind }) => TYPED.includes(kind))
  const known = new Map(typed.map((point) => [contactKey(point), point]))
  const kept = present.filter((point) => !typed.includes(point))
  return [
    ...kept,
    ...given.map((draft) => {
      const point = known.get(contactKey(draft))
      return point ? { ...point, label: draft.label ?? point.label } : toContactPoint(deps, labelled(draft), 0)
    }),
  ].map((point, position) => ({ ...point, position }))
}

/** @throws Problem `person.unknown`, `person.stale` */
export async function removePerson(deps: Deps, actor: Actor, id: string, version: number | null): Promise<void> {
  const person = await findPerson(deps, id)
  const leaving = [{ id, version: version ?? person.version }]
  const rows = await deps.store.commit([
    ...deps.store.people.remove(leaving, deps.clock(), nameOf(actor)),
    auditedIfChanged(deps, actor, 'person.remove', id),
  ])
  if (rows.at(-2)?.length !== 1) throw stale()
}

/** @throws Problem `person.unknown` */
export async function findPerson(deps: Deps, id: string): Promise<Person> {
  const [person] = await deps.store.people.find([id])
  if (!person) throw new Problem('missing', 'person.unknown', 'There is no such person.')
  return person
}

/** What stands there already may be sent again with something else, also when it is over. */
function readChange(deps: Deps, { awayUntil }: Person, given: string | null | undefined): number | null {
  if (given === undefined || (given !== null && Date.parse(given) === awayUntil)) return awayUntil
  return readAbsence(given, 'awayUntil', deps.clock())
}

function stale(): Problem {
  return new Problem('stale', 'person.stale', 'Somebody else changed this person meanwhile. Look again and repeat.')
}

function checkFields(body: PersonPatch) {
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
  return { externalId: body.externalId, language, timeZone, duty: body.duty || undefined }
}

/** The kinds that a keeper can type; others are their owner's or the operator's. */
const TYPED: readonly string[] = ['sms', 'voice', 'email', 'webhook']

type TypedPoint = Omit<ContactPointDraft, 'label'> & { label: string | undefined }

function labelled(point: TypedPoint): ContactPointDraft {
  return { ...point, label: point.label ?? '' }
}

/** Each address once per kind and extension, however it was typed. */
function readPoints(deps: Deps, points: PersonBody['contactPoints']): TypedPoint[] {
  const read = points.flatMap(({ kind, label, ...point }, index): TypedPoint[] => {
    const field = `contactPoints.${index}.address`
    if (kind === 'email') {
      const reading = readEmailAddresses(point.address)
      if (!reading.ok) throw new Problem('invalid', reading.code, reading.reason, { field })
      if (reading.addresses.length === 0)
        throw new Problem('invalid', 'email.malformed', 'This is no address.', { field })
      return reading.addresses.map((address) => ({ kind, address, label, marks: [] }))
    }
    if (kind === 'webhook') return [{ kind, address: readTarget(deps, point.address, field), label, marks: [] }]
    const reading = readPhoneNumbers(point.address, deps.settings.region)
    if (!reading.ok) throw new Problem('invalid', reading.code, reading.reason, { field })
    if (reading.numbers.length === 0) {
      const [code, message] = reading.faxes > 0 ? ['phone.fax', 'A fax'] : ['phone.not_a_number', 'This']
      throw new Problem('invalid', code, `${message} reaches nobody. Give a number that rings.`, { field })
    }
    if (kind === 'sms' && reading.numbers.some(({ extension }) => extension !== undefined)) {
      const message = 'A text reaches nobody behind an extension. Let this number be called instead.'
      throw new Problem('invalid', 'phone.text_to_extension', message, { field })
    }
    return reading.numbers.map(({ e164, extension, marks }) => ({
      kind,
      address: e164,
      label,
      marks,
      ...(extension === undefined ? {} : { extension }),
    }))
  })
  return [...new Map(read.map((point) => [contactKey(point), point])).values()]
}

/** @throws Problem naming what is wrong with it, also where no carrier may send there */
function readTarget({ carriers }: Deps, typed: string, field: string): string {
  const reading = readWebhookAddress(typed)
  if (!reading.ok) throw new Problem('invalid', reading.code, reading.reason, { field })
  const able = carriers.filter(({ channels }) => channels.includes('webhook'))
  const faults = able.map((carrier) => carrier.check?.(reading.address) ?? null)
  const [fault] = faults
  if (fault && !faults.includes(null)) throw new Problem('invalid', fault.code, fault.message, { field })
  return reading.address
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
