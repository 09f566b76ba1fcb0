import { cleanTypedLine, isVisible } from '../clean-input.ts'
import { contactKey } from '../people/contact-key.ts'
import { readEmailAddresses } from '../people/email-address.ts'
import type { ContactPointDraft } from '../people/person.ts'
import { readPhoneNumbers } from '../people/phone-number.ts'
import { toContactPoints } from '../people/read-contacts.ts'
import { readLanguage } from '../people/read-language.ts'
import { readTimeZone } from '../people/read-time-zone.ts'
import type { Resource, ScimValue } from './attributes.ts'
import { refuse } from './refuse.ts'

/** What a directory says about a person; what it does not say is undefined, and takes nothing away. */
export interface DirectoryPerson {
  userName: string
  externalId: string | undefined
  name: string
  language: string | undefined
  timeZone: string | undefined
  active: boolean
  contactPoints: ContactPointDraft[]
}

const LONGEST_NAME = 200
const LONGEST_ID = 100
const MOST_POINTS = 20

/**
 * A user of a directory as a person, read as strictly as a row of a file: a number that cannot be dialled for certain is
 * refused by its name, since the directory shows a refusal to its keeper, and nobody reads what was silently left out.
 *
 * @param region ISO 3166-1 alpha-2, for numbers without a country code
 * @throws Problem `scim.invalidValue` with the attribute, and nothing of its value
 */
export function readUser(user: Resource, region: string): DirectoryPerson {
  const userName = textOf(user.userName)
  const externalId = textOf(user.externalId)
  if (externalId.length > LONGEST_ID) throw invalid('externalId', `It is longer than ${LONGEST_ID} characters.`)
  const contactPoints = new Map<string, ContactPointDraft>()
  for (const point of [...readPhones(user, region), ...readEmails(user)]) {
    if (!contactPoints.has(contactKey(point))) contactPoints.set(contactKey(point), point)
  }
  if (contactPoints.size > MOST_POINTS) throw invalid('phoneNumbers', `There are more than ${MOST_POINTS} addresses.`)
  return {
    userName,
    externalId: externalId || undefined,
    name: nameOf(user, userName),
    language: readLanguageOf(user),
    timeZone: readZoneOf(user),
    active: user.active !== false,
    contactPoints: [...contactPoints.values()],
  }
}

function nameOf(user: Resource, userName: string): string {
  const name = (user.name ?? {}) as Resource
  const parts = [name.givenName, name.middleName, name.familyName].map(textOf).join(' ')
  const found = [textOf(user.displayName), textOf(name.formatted), parts, userName].map(cleanTypedLine).find(isVisible)
  if (found === undefined) throw invalid('displayName', 'It names nobody.')
  if (found.length > LONGEST_NAME) throw invalid('displayName', `It is longer than ${LONGEST_NAME} characters.`)
  return found
}

/** A list of preferences, as browsers send them, counts by its first (RFC 7643, 4.1.1). */
function readLanguageOf(user: Resource): string | undefined {
  for (const field of ['preferredLanguage', 'locale'] as const) {
    const text = textOf(user[field]).split(/[,;]/)[0]?.trim() ?? ''
    if (text === '') continue
    const language = readLanguage(text)
    if (language === undefined) throw invalid(field, 'It is no language that is known here. Send one such as "en".')
    return language
  }
  return undefined
}

function readZoneOf(user: Resource): string | undefined {
  const text = textOf(user.timezone)
  if (text === '') return undefined
  const zone = readTimeZone(text)
  if (zone === undefined) throw invalid('timezone', 'It is no time zone such as "Europe/Paris".')
  return zone
}

function readPhones(user: Resource, region: string): ContactPointDraft[] {
  return listOf(user.phoneNumbers).flatMap((phone, index) => {
    const type = textOf(phone.type).toLowerCase()
    // A fax or a pager reaches nobody who could answer.
    if (/fax|pager/.test(type)) return []
    const reading = readPhoneNumbers(textOf(phone.value), region)
    if (!reading.ok) throw invalid(selected('phoneNumbers', type, index), reading.reason)
    const label = labelOf(type)
    return reading.numbers.flatMap((number) => toContactPoints(number, type === 'mobile' ? 'mobile' : 'phone', label))
  })
}

function readEmails(user: Resource): ContactPointDraft[] {
  return listOf(user.emails).flatMap((email, index) => {
    const type = textOf(email.type).toLowerCase()
    const reading = readEmailAddresses(textOf(email.value))
    if (!reading.ok) throw invalid(selected('emails', type, index), reading.reason)
    return reading.addresses.map((address) => ({ kind: 'email' as const, address, label: labelOf(type), marks: [] }))
  })
}

/** A type is one word of a few by the standard, but some directories write names of their own there. */
function labelOf(type: string): string {
  return cleanTypedLine(type).slice(0, 60)
}

function selected(list: string, type: string, index: number): string {
  return /^\w+$/.test(type) ? `${list}[type eq "${type}"].value` : `${list}[${index}].value`
}

function listOf(value: ScimValue | undefined): Resource[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: ScimValue | undefined): string {
  return typeof value === 'string' ? value.trim() : ''
}

function invalid(field: string, reason: string) {
  return refuse('invalidValue', `${field}: ${reason} Nothing was changed.`, field)
}
