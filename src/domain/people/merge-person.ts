import { contactKey } from './contact-key.ts'
import type { ContactKind, ContactPointDraft, PersonDraft } from './person.ts'

export interface KnownContactPoint {
  kind: ContactKind
  address: string
  extension?: string | null
  label: string
}

/** A person as the store knows them, as far as an import compares. */
export interface KnownPerson {
  id: string
  externalId?: string | null
  name: string
  language?: string | null
  timeZone?: string | null
  groups: string[]
  duty?: string | null
  contactPoints: KnownContactPoint[]
  version: number
}

export type ChangedField = 'externalId' | 'name' | 'language' | 'timeZone' | 'groups' | 'duty' | 'contactPoints'

/** What a file changes about a known person. Only the fields listed differ from what is known. */
export interface PersonChange {
  fields: ChangedField[]
  externalId?: string
  name: string
  language?: string
  timeZone?: string
  groups: string[]
  duty?: string
  added: ContactPointDraft[]
  removed: KnownContactPoint[]
}

/**
 * What becomes of a known person when a file says something about them.
 *
 * A blank cell takes nothing away. Contact points that the file does not name stay, since people add their own, except
 * where a column (known by its label) now holds something else: then what it held before goes, so that a corrected
 * number does not leave the alert ringing at a stranger's. Points without a label are of no column: one takes the place
 * of one, but among several nobody can tell which was corrected, so all stay.
 */
export function mergePerson(known: KnownPerson, draft: PersonDraft): PersonChange {
  const fields: ChangedField[] = []
  const change: PersonChange = { fields, name: draft.name, groups: known.groups, added: [], removed: [] }
  if (draft.name !== known.name) fields.push('name')
  for (const field of ['externalId', 'language', 'timeZone', 'duty'] as const) {
    const value = draft[field] ?? known[field] ?? undefined
    if (value === undefined) continue
    change[field] = value
    if (value !== known[field]) fields.push(field)
  }
  if (draft.groups.length > 0 && !sameSet(draft.groups, known.groups)) {
    fields.push('groups')
    change.groups = draft.groups
  }
  change.added = findAdded(known, draft)
  change.removed = findReplaced(known, draft, change.added)
  if (change.added.length + change.removed.length > 0) fields.push('contactPoints')
  return change
}

function findAdded(known: KnownPerson, draft: PersonDraft): ContactPointDraft[] {
  const present = new Set(known.contactPoints.map(contactKey))
  return draft.contactPoints.filter((point) => !present.has(contactKey(point)))
}

function findReplaced(known: KnownPerson, draft: PersonDraft, added: ContactPointDraft[]): KnownContactPoint[] {
  const named = new Set(draft.contactPoints.map(contactKey))
  const refilled = new Set(added.map(slot))
  const before = countAddresses(known.contactPoints)
  const after = countAddresses(draft.contactPoints)
  return known.contactPoints.filter((point) => {
    const of = slot(point)
    if (!refilled.has(of) || named.has(contactKey(point))) return false
    return point.label !== '' || (before.get(of)?.size === 1 && after.get(of)?.size === 1)
  })
}

/** The different addresses of each slot. */
function countAddresses(points: readonly KnownContactPoint[]): Map<string, Set<string>> {
  const slots = new Map<string, Set<string>>()
  for (const point of points) {
    const addresses = slots.get(slot(point)) ?? new Set()
    slots.set(slot(point), addresses.add(`${point.address};${point.extension ?? ''}`))
  }
  return slots
}

/** SMS and voice points of one column are one slot: they come from the same number. */
function slot(point: { kind: ContactKind; label: string }): string {
  return `${point.kind === 'sms' ? 'voice' : point.kind} ${point.label.toLowerCase()}`
}

function sameSet(left: string[], right: string[]): boolean {
  const set = new Set(left)
  return set.size === new Set(right).size && right.every((value) => set.has(value))
}
