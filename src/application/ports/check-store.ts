import type { ContactKind } from '../../domain/people/person.ts'
import type { CheckState } from '../../domain/reach/check.ts'
import type { Page, PageRequest } from './page.ts'
import type { Statement } from './statement.ts'

export interface Check {
  id: string
  personId: string
  contactPointId: string
  state: CheckState
  code: string
  createdAt: number
  /** Somebody asks for it now, whatever the time of day. */
  byHand: boolean
  /** Whether its owner had answered by the contact point before it was asked. */
  known: boolean
  dueAt: number
  expiresAt: number
  attempts: number
  carrier: string | null
  sentAt: number | null
  endedAt: number | null
  reason: string | null
}

/** A check with whom and what it asks. */
export interface CheckedPoint extends Check {
  name: string
  language: string
  /** IANA name; null where nobody has said. */
  timeZone: string | null
  awayUntil: number | null
  lastProofAt: number | null
  kind: ContactKind
  address: string
  extension: string | null
  /** Whether the person and the point are still there, and the person is present. */
  present: boolean
  /** Whether an alert is open for its owner. */
  alerted: boolean
  /** Senders that the owner told to stop, as `senderOf` names them. */
  stopped: string[]
}

export interface NewCheck {
  id: string
  contactPointId: string
  code: string
  /** The unguessable part of its page's address. */
  token: string
  byHand: boolean
  dueAt: number
  expiresAt: number
}

export interface CheckStore {
  /** Asks contact points; one that is being asked already is left alone. Each row answered is one that was added. */
  add(checks: readonly NewCheck[], by: string, now: number): Statement[]
  /** The newest first. */
  list(request: PageRequest & { state: CheckState | null }): Promise<Page<CheckedPoint>>
  find(id: string): Promise<CheckedPoint | null>
  /** Null also where its time is over. */
  byToken(token: string, now: number): Promise<CheckedPoint | null>
  /** The checks that an address is being asked, or was asked lately, newest first. */
  byAddress(address: string, since: number): Promise<CheckedPoint[]>
  /** Takes some that are due for handing over, until `until`: nobody else takes them before that. */
  claim(now: number, until: number, limit: number): Promise<CheckedPoint[]>
  /** A carrier took it. */
  markSent(id: string, carrier: string, providerId: string, now: number): Statement
  /** It is tried again later. */
  putOff(id: string, dueAt: number, reason: string): Statement
  /** It ends without an answer; a failure is also the contact point's. */
  end(id: string, state: 'failed' | 'dropped', reason: string, now: number): Statement[]
  /** Nobody answered in time. */
  expire(now: number): Statement
  /** Its owner answered: what that person has of the same address and extension is proven, but not what fails. Answers a row when it was open. */
  prove(id: string, now: number): Statement[]
  /** Takes back what waits; all of it without a list. */
  drop(ids: readonly string[] | null, now: number): Statement
  /** Ends every link to somebody's details. */
  endLinks(now: number): Statement
  saveLink(link: { token: string; personId: string; by: string; createdAt: number; expiresAt: number }): Statement
  /** Whose details a link shows; null for one that is unknown or over. */
  personByLink(token: string, now: number): Promise<string | null>
}
