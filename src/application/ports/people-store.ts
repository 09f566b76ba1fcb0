import type { ContactKind, ContactMark, ContactStatus } from '../../domain/people/person.ts'
import type { Page, PageRequest } from './page.ts'
import type { Statement } from './statement.ts'

export interface ContactPoint {
  id: string
  kind: ContactKind
  address: string
  extension: string | null
  label: string
  position: number
  status: ContactStatus
  marks: ContactMark[]
  lastProofAt: number | null
}

export interface Person {
  id: string
  version: number
  externalId: string | null
  name: string
  language: string
  timeZone: string | null
  groups: string[]
  duty: string | null
  /** Until when deputies stand in, UTC milliseconds; null when nobody has to. */
  awayUntil: number | null
  contactPoints: ContactPoint[]
}

/** A file that was previewed and waits to be applied as it was shown. */
export interface PendingImport {
  id: string
  basis: string
  refused: 'reject_all' | 'skip'
  treeName: string | null
  file: Uint8Array
  appliedAt: number | null
}

/** Enough to refer to a person. */
export type PersonName = Pick<Person, 'id' | 'externalId' | 'name'>

export interface PeopleStore {
  list(request: PageRequest): Promise<Page<Person>>
  /** Everybody by name, a page of some hundreds at a time: opening so many addresses takes a while. */
  pages(): AsyncIterable<Person[]>
  all(): Promise<Person[]>
  find(ids: readonly string[]): Promise<Person[]>
  /** The addresses of contact points; those that cannot be opened are left out. */
  addresses(contactPointIds: readonly string[]): Promise<Map<string, string>>
  /** Everybody without their addresses, some thousands at a time. */
  names(): AsyncIterable<PersonName[]>
  /** Names by id, also of people who were taken out. */
  namesOf(ids: readonly string[]): Promise<Map<string, string>>
  /** A cheap text that differs whenever any person has changed. */
  basis(): Promise<string>
  /** Fails the whole commit when anybody has changed since; stands before what changes people. */
  requireBasis(basis: string): Statement
  /** Writes new people with their contact points. */
  add(people: readonly Person[], now: number): Statement[]
  /**
   * Writes known people as they are given, each at the version after the stored one. The last statement answers a row
   * per person written. Of whoever has another version, or was taken out, nothing at all is written.
   */
  change(people: readonly Person[], now: number): Statement[]
  /** Takes a person out of every list; records keep the name. Answers a row when the version was the one given. */
  remove(id: string, version: number, now: number): Statement
  /** Where a person's words stand; null when there is no such person. */
  words(id: string): Promise<{ series: number; used: number } | null>
  /** Voids every word that has not gone out; numbers go on. Answers a row when the series was the one given. */
  renewWords(id: string, series: number): Statement
  /** Replaces a contact point whole, or adds it, unless its person has been taken out. */
  saveContactPoint(personId: string, point: ContactPoint): Statement
  markGone(contactPointIds: readonly string[]): Statement
  import(id: string): Promise<PendingImport | null>
  saveImport(pending: PendingImport & { createdAt: number; createdBy: string }): Statement[]
  /** Fails the whole commit when it is not the first to do so. */
  markImportApplied(id: string, now: number): Statement[]
  /** Sets or lifts an opt-out for one address at one sender, as `senderOf` names it. */
  optOut(address: string, sender: string, now: number): Statement
  optIn(address: string, sender: string): Statement
}
