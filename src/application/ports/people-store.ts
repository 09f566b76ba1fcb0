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

/** What a person was from one time on. */
export interface PersonVersion {
  /** Contact points show what is known of them today; push devices are left out, since nobody types them. */
  person: Person
  /** UTC milliseconds. */
  at: number
  /** Who made it so, as `nameOf` names them; empty where that was not recorded yet. */
  by: string
  /** Whether this is the time after they were taken out. */
  removed: boolean
}

export interface ChangedPerson {
  /** Null for somebody who was not known yet. */
  was: PersonVersion | null
  now: PersonVersion
}

/** A file that was previewed and waits to be applied as it was shown; what was read of it is kept in pieces. */
export interface PendingImport {
  id: string
  basis: string
  refused: 'reject_all' | 'skip'
  treeName: string | null
  appliedAt: number | null
}

/** Enough to refer to a person. */
export type PersonName = Pick<Person, 'id' | 'externalId' | 'name' | 'groups'>

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
  /** Writes new people with their contact points; `by` is who does so, as `nameOf` names them, here and below. */
  add(people: readonly Person[], now: number, by: string): Statement[]
  /**
   * Writes known people as they are given, each at the version after the stored one. The last statement answers a row
   * per person written. Of whoever has another version, or was taken out, nothing at all is written. What they were is kept.
   */
  change(people: readonly Person[], now: number, by: string): Statement[]
  /** As `change`, also for those who were taken out, and for contact points that were. */
  bringBack(people: readonly Person[], now: number, by: string): Statement[]
  /**
   * Takes people out of every list; records keep their names. The last statement answers a row per person whose version
   * was the one given; the others stay.
   */
  remove(people: readonly Pick<Person, 'id' | 'version'>[], now: number, by: string): Statement[]
  /** What one person was, newest first, the present state included; empty when there never was such a person. */
  versions(id: string): Promise<PersonVersion[]>
  /** Whoever was changed, added or taken out after a time, as they were then and as they are. */
  changedSince(time: number, request: PageRequest): Promise<Page<ChangedPerson>>
  /** Those of these people who are, or may yet be, in an alert that is running. */
  alertedAmong(ids: readonly string[]): Promise<string[]>
  /** Fails the whole commit when one of them is. */
  requireNotAlerted(ids: readonly string[]): Statement
  /** Where a person's words stand; null when there is no such person. */
  words(id: string): Promise<{ series: number; used: number } | null>
  /** Voids every word that has not gone out; numbers go on. Answers a row when the series was the one given. */
  renewWords(id: string, series: number): Statement
  /** Replaces a contact point whole, or adds it, unless its person has been taken out. */
  saveContactPoint(personId: string, point: ContactPoint): Statement
  /** A browser has shown something or renewed its subscription. */
  markSeen(contactPointId: string, now: number): Statement
  /** Push devices that nobody has seen since, and whose owner has not answered by them, count as failing. */
  giveUpSilentPush(since: number): Statement
  markGone(contactPointIds: readonly string[]): Statement
  import(id: string): Promise<PendingImport | null>
  /** What was saved of it in the order of its numbers, each piece looked up when it is wanted. */
  importPieces(id: string): AsyncIterable<string>
  /** Lets go of the pieces of those that can be applied no longer, because people have changed. */
  saveImport(pending: PendingImport & { createdAt: number; createdBy: string }): Statement[]
  /** Sealed; at most 450,000 characters. */
  saveImportPiece(importId: string, number: number, piece: string): Statement
  /** Lets go of its pieces. Fails the whole commit when it is not the first to do so. */
  markImportApplied(id: string, now: number): Statement[]
  /** Sets or lifts an opt-out for one address at one sender, as `senderOf` names it. */
  optOut(address: string, sender: string, now: number): Statement
  optIn(address: string, sender: string): Statement
}
