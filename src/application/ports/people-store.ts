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

export interface PeopleStore {
  list(request: PageRequest): Promise<Page<Person>>
  /** Everybody, for comparing with a file. */
  all(): Promise<Person[]>
  find(ids: readonly string[]): Promise<Person[]>
  /** A cheap text that differs whenever any person has changed. */
  basis(): Promise<string>
  /**
   * Writes people as they are given, with their contact points: new ones at version 1, known ones at the version
   * after the stored one. The first statement answers a row per person written; a stale version writes nothing.
   */
  save(people: readonly Person[], now: number): Statement[]
  /** Takes a person out of every list; records keep the name. Answers a row when the version was the one given. */
  remove(id: string, version: number, now: number): Statement[]
  saveContactPoint(personId: string, point: ContactPoint): Statement
  markGone(contactPointIds: readonly string[]): Statement
  import(id: string): Promise<PendingImport | null>
  saveImport(pending: PendingImport & { createdAt: number; createdBy: string }): Statement[]
  /** Answers a row only the first time. */
  markImportApplied(id: string, now: number): Statement
  /** Sets or lifts an opt-out for one address at one sender, as `senderOf` names it. */
  optOut(address: string, sender: string, now: number): Statement
  optIn(address: string, sender: string): Statement
}
