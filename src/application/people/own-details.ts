import type { PersonPatch } from '../../contract/people.ts'
import { type Actor, nameOf } from '../../domain/access/role.ts'
import { DAY } from '../../domain/clock.ts'
import { Problem } from '../../domain/errors.ts'
import { contactKey } from '../../domain/people/contact-key.ts'
import { readPhoneNumbers } from '../../domain/people/phone-number.ts'
import { toContactPoints } from '../../domain/people/read-contacts.ts'
import { isChecked } from '../../domain/reach/check.ts'
import { toIso } from '../alerts/view-alert.ts'
import { audited } from '../audited.ts'
import type { Deps } from '../deps.ts'
import type { ContactPoint, Person } from '../ports/people-store.ts'
import { newChecks } from '../reach/start-checks.ts'
import { findPerson, updatePerson } from './save-person.ts'

/** For how long a link to somebody's details is good. */
const LINK_LIFETIME = 7 * DAY

/** What somebody typed on the page of their own details. */
export interface OwnDetails {
  /** The version of themselves that they saw. */
  version: number
  language: string
  /** Empty where they say nothing. */
  timeZone: string
  /** ISO time; null when they are here. */
  awayUntil: string | null
  /** Ids of contact points to take out. */
  takeOut: readonly string[]
  /** A number or a mail address to add; may be empty. */
  add: string
}

/**
 * A link by which somebody sees and mends what is stored about them. Whoever holds it is believed to be them, so it goes to
 * them alone and ends after a week.
 *
 * @throws Problem `person.unknown`
 */
export async function makeDetailsLink(
  deps: Deps,
  actor: Actor,
  personId: string,
): Promise<{ link: string; expiresAt: string }> {
  const person = await findPerson(deps, personId)
  const token = deps.vault.newSecret()
  const now = deps.clock()
  const expiresAt = now + LINK_LIFETIME
  await deps.store.commit([
    deps.store.checks.saveLink({ token, personId: person.id, by: nameOf(actor), createdAt: now, expiresAt }),
    audited(deps, actor, 'person.details_link', person.id),
  ])
  return { link: `${deps.settings.publicUrl}/d/${token}`, expiresAt: toIso(expiresAt) }
}

/** Whose details a link shows. @throws Problem `link.unknown` */
export async function openDetails(deps: Deps, token: string): Promise<Person> {
  const id = await deps.store.checks.personByLink(token, deps.clock())
  if (id === null) throw new Problem('missing', 'link.unknown', 'This link is not valid.')
  return findPerson(deps, id)
}

/**
 * Saves what somebody changed in their own details. New numbers and addresses are asked at once whether they reach them.
 *
 * @returns whether anything was different
 * @throws Problem naming the field; `person.stale`; `details.last_point` when nothing would be left to reach them by
 */
export async function saveOwnDetails(deps: Deps, person: Person, given: OwnDetails): Promise<boolean> {
  if (given.version !== person.version) {
    throw new Problem('stale', 'person.stale', 'Somebody else changed your details meanwhile. Please look again.')
  }
  const actor = { kind: 'person', id: person.id, name: person.name } as const
  const patch = toPatch(deps, person, given)
  if (Object.keys(patch).length === 0) return false
  const saved = await updatePerson(deps, actor, person.id, person.version, patch)
  const known = new Set(person.contactPoints.map(({ id }) => id))
  const fresh = saved.contactPoints.filter(({ id, kind }) => !known.has(id) && isChecked(kind))
  const asked = [...new Map(fresh.toReversed().map((point) => [point.address, point])).values()]
  const now = deps.clock()
  const checks = newChecks(
    deps,
    asked.map(({ id }) => ({ id, dueAt: now, byHand: true })),
  )
  if (checks.length > 0) await deps.store.commit(deps.store.checks.add(checks, nameOf(actor), now))
  deps.nudge()
  return true
}

function toPatch(deps: Deps, person: Person, given: OwnDetails): PersonPatch {
  const patch: PersonPatch = {}
  if (given.language !== person.language) patch.language = given.language
  if (given.timeZone !== '' && given.timeZone !== person.timeZone) patch.timeZone = given.timeZone
  const away = person.awayUntil === null ? null : toIso(person.awayUntil)
  if (given.awayUntil !== away) patch.awayUntil = given.awayUntil
  const typed = person.contactPoints.filter(({ kind }) => TYPED.includes(kind))
  const kept = typed.filter(({ id }) => !given.takeOut.includes(id))
  const works = kept.some(({ status }) => status !== 'failing')
  const added = readAdded(deps, given.add).filter(
    (point) => !typed.some((one) => contactKey(one) === contactKey(point)),
  )
  if (kept.length === typed.length && added.length === 0) return patch
  if (!works && added.length === 0) {
    throw new Problem('invalid', 'details.last_point', 'One number or address has to stay.', { field: 'takeOut' })
  }
  patch.contactPoints = [...kept.map(toTyped), ...added]
  return patch
}

const TYPED: readonly string[] = ['sms', 'voice', 'email', 'webhook']
type TypedPoint = NonNullable<PersonPatch['contactPoints']>[number]

function toTyped({ kind, address, extension, label }: ContactPoint): TypedPoint {
  const whole = extension === null ? address : `${address} ext ${extension}`
  return { kind: kind as TypedPoint['kind'], address: whole, label }
}

/** A mail address, or a number that is texted and called, a landline only called. */
function readAdded(deps: Deps, text: string): TypedPoint[] {
  if (text.trim() === '') return []
  if (text.includes('@')) return [{ kind: 'email', address: text }]
  const reading = readPhoneNumbers(text, deps.settings.region)
  if (!reading.ok) throw new Problem('invalid', reading.code, reading.reason, { field: 'add' })
  if (reading.numbers.length === 0)
    throw new Problem('invalid', 'phone.not_a_number', 'This is no number.', { field: 'add' })
  return reading.numbers.flatMap((number) =>
    toContactPoints(number, 'phone', '').map(({ kind, address, extension }) => ({
      kind: kind as TypedPoint['kind'],
      address: extension === undefined ? address : `${address} ext ${extension}`,
    })),
  )
}
