import type { ContactKind, ContactMark, ContactStatus } from './person.ts'
import { settleRole } from './read-contacts.ts'

interface ExportedPoint {
  kind: ContactKind
  address: string
  extension: string | null
  label: string
  status: ContactStatus
  marks: readonly ContactMark[]
}

/** A person with all that an import can bring in. */
export interface ExportedPerson {
  externalId: string | null
  name: string
  language: string
  timeZone: string | null
  groups: readonly string[]
  duty: string | null
  contactPoints: readonly ExportedPoint[]
  /** External id, or name where there is none. */
  reportsTo?: string
  deputies: readonly string[]
}

export interface ExportedNumber {
  /** What reads it back as the same: `mobile` is called and texted, `phone` a landline or a number with an extension. */
  role: 'mobile' | 'phone' | 'callOnly' | 'textOnly'
  address: string
  extension: string | null
  label: string
}

/** The contact points of a kind that are not gone. */
export function pointsOf({ contactPoints }: ExportedPerson, kind: ContactKind): ExportedPoint[] {
  return contactPoints.filter((point) => point.kind === kind && point.status !== 'gone')
}

/**
 * The numbers of a person in their order: one that is both texted and called is one number, unless that would change the
 * order in which numbers are called or texted.
 */
export function numbersOf(person: ExportedPerson): ExportedNumber[] {
  const points = person.contactPoints.filter(
    ({ kind, status }) => (kind === 'sms' || kind === 'voice') && status !== 'gone',
  )
  const joined = join(points)
  return keepsOrder(joined, points) ? joined : points.map((point) => alone(point))
}

function join(points: readonly ExportedPoint[]): ExportedNumber[] {
  const done = new Set<ExportedPoint>()
  return points.flatMap((point) => {
    if (done.has(point)) return []
    const twin = points.find((other) => other.kind !== point.kind && isSameNumber(other, point) && !done.has(other))
    if (!twin) return [alone(point)]
    done.add(twin)
    return [{ role: 'mobile' as const, address: point.address, extension: null, label: point.label }]
  })
}

function isSameNumber(one: ExportedPoint, other: ExportedPoint): boolean {
  const plain = one.extension === null && other.extension === null
  return plain && one.address === other.address && one.label === other.label
}

function alone({ kind, address, extension, label, marks }: ExportedPoint): ExportedNumber {
  const named = { address, extension, label }
  if (kind === 'sms') return { ...named, role: 'textOnly' }
  const readsAsCalled = extension !== null || marks.includes('landline')
  return { ...named, role: readsAsCalled && settleRole('phone', label) === 'phone' ? 'phone' : 'callOnly' }
}

function keepsOrder(numbers: readonly ExportedNumber[], points: readonly ExportedPoint[]): boolean {
  const called = numbers.filter(({ role }) => role !== 'textOnly').map(({ address }) => address)
  const texted = numbers.filter(({ role }) => role === 'mobile' || role === 'textOnly').map(({ address }) => address)
  const of = (kind: ContactKind) => points.filter((point) => point.kind === kind).map(({ address }) => address)
  return isSame(called, of('voice')) && isSame(texted, of('sms'))
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((value, at) => value === right[at])
}
