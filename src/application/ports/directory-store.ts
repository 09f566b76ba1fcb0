import type { Resource } from '../../domain/directory/attributes.ts'
import type { RemovalFacts, RemovalReason } from '../../domain/directory/removal-limit.ts'
import type { Page, PageRequest } from './page.ts'
import type { Statement } from './statement.ts'

/** A person whom a directory pushes, as it said last. */
export interface DirectoryUser {
  /** Of the person; the directory's name for it too. */
  id: string
  version: number
  userName: string
  externalId: string | null
  state: 'active' | 'inactive' | 'deleted'
  /** What the directory said, without whether it is active. */
  user: Resource
  /** Ids of the contact points that it brought. */
  points: string[]
  createdAt: number
  updatedAt: number
  /** Whether the person is there: somebody else may have taken them out. */
  present: boolean
}

export interface DirectoryGroup {
  id: string
  version: number
  name: string
  externalId: string | null
  createdAt: number
  updatedAt: number
}

/** A removal that waits for a human. */
export interface WaitingRemoval {
  id: string
  personId: string
  name: string
  at: number
  by: string
  how: 'deactivated' | 'deleted'
  reason: RemovalReason
}

export interface DirectoryStore {
  /** Also of those whom the directory has deleted. */
  user(by: { id: string } | { userName: string } | { externalId: string }): Promise<DirectoryUser | null>
  /** Those that a directory can see, by id. */
  users(from: { after: string } | { skip: number }, limit: number): Promise<DirectoryUser[]>
  countUsers(): Promise<number>
  /** Ids of people who are there and whom no directory pushes, by external id or by an address. */
  strangers(by: { externalId: string } | { addresses: readonly string[] }): Promise<string[]>
  /** Id of the person who has this external id. */
  holderOf(externalId: string): Promise<string | null>
  /** Fails the whole commit unless each person is at this version, which every change and removal moves on. */
  requirePeople(people: readonly { id: string; version: number }[]): Statement
  /** Fails the whole commit unless it is at this version; 0 for one that is not there yet. */
  requireUser(id: string, version: number): Statement
  saveUser(user: Omit<DirectoryUser, 'present'>): Statement
  removalFacts(id: string, since: number): Promise<RemovalFacts>
  /** Fails the whole commit when, meanwhile, a removal of this person would have to wait. */
  requireRemovable(id: string, since: number, limit: number): Statement
  noteRemoval(
    removal: Omit<WaitingRemoval, 'name' | 'reason'> & { reason: RemovalReason | null; outcome: 'done' | 'waiting' },
  ): Statement
  waiting(request: PageRequest): Promise<Page<WaitingRemoval>>
  /** The people for whom one waits, of these or, with null, of all; the oldest first. */
  waitingOf(people: readonly string[] | null): Promise<{ id: string; version: number }[]>
  /** Fails the whole commit unless one waits for each. */
  requireWaiting(people: readonly string[]): Statement
  /** Ends what waits for this person; answers a row when something did. */
  settleRemoval(personId: string, outcome: 'confirmed' | 'rejected' | 'given_back', now: number, by: string): Statement
  group(by: { id: string } | { name: string }): Promise<DirectoryGroup | null>
  groups(): Promise<DirectoryGroup[]>
  members(groupId: string): Promise<{ id: string; userName: string }[]>
  /** The groups of each, in their order. */
  groupsOf(people: readonly string[]): Promise<Map<string, { id: string; name: string }[]>>
  /** Which of these a directory can see as its users. */
  known(people: readonly string[]): Promise<Set<string>>
  /** Fails the whole commit unless it is at this version; 0 for one that is not there yet. */
  requireGroup(id: string, version: number): Statement
  saveGroup(group: DirectoryGroup): Statement
  changeMembers(groupId: string, added: readonly string[], removed: readonly string[]): Statement[]
  removeGroup(id: string): Statement[]
}
