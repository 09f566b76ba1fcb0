import type { EndState } from '../../domain/alerts/alert.ts'
import type { Channel } from '../../domain/deliveries/channel.ts'
import type { PastDelivery } from '../../domain/deliveries/decide-next.ts'
import type { Purpose } from '../../domain/messages/purpose.ts'
import type { ContactKind } from '../../domain/people/person.ts'
import type { WordNumber } from './alert-store.ts'
import type { Statement } from './statement.ts'

/** What is sent one after the other: one channel of one carrier. */
export interface Lane {
  carrier: string
  channel: Channel
}

/** A recipient for whom the next step of the plan is due, with all that is needed to decide it. */
export interface DueRecipient {
  recipientId: string
  personId: string
  alertId: string
  nextStep: number
  /** When the first step was planned, null before. */
  startedAt: number | null
  /** A quorum is filled without this person. */
  sentAway: boolean
  /** In the person's own order, with the carriers that their owner told to stop. */
  points: { id: string; kind: ContactKind; gone: boolean; optedOut: string[] }[]
  deliveries: PastDelivery[]
}

/** A claimed delivery, complete but for the alert's texts. */
export interface ClaimedDelivery {
  lease: string
  deliveryId: string
  attemptNumber: number
  alertId: string
  recipientId: string
  personId: string
  contactPointId: string
  channel: Channel
  purpose: Purpose
  language: string
  word: WordNumber | null
  /** Null when the contact point is gone. */
  address: { value: string } | 'unreadable' | null
  extension: string | null
  /** False when the answer is in, the alert has ended, or the person was removed meanwhile. */
  wanted: boolean
  /** The senders that the addressee told to stop. */
  optedOut: string[]
  /** A hand-over before this one ended without an answer: the carrier may have the message. */
  uncertain: { carrier: string; number: number; since: number } | null
  createdAt: number
  /** For an update: its number. */
  update: number
  /** What was to be sent to this contact point before is still being handed over. */
  tooEarly: boolean
}

export interface NewDelivery {
  id: string
  alertId: string
  recipientId: string
  contactPointId: string
  channel: Channel
  purpose: Purpose
  step: number
  /** Where the plan stood when this was decided; guards against deciding twice. */
  fromStep: number
  carrier: string
  /** The only carriers that may take it; null or nothing when all of the route may. */
  allowed?: string[] | null
  /** Why no carrier may take it: it has failed before it was sent. */
  refusal?: string
  priority: number
  dueAt: number
}

/** Where a recipient goes on in the plan of its alert. */
export interface Move {
  recipientId: string
  /** Who is contacted for the first time with this, and so takes the next word; null when that was before. */
  firstContactOf: string | null
  fromStep: number
  nextStep: number
  nextAt: number | null
}

/** A message to somebody who runs an alert. */
export interface Notice {
  id: string
  /** For whoever is no recipient yet. */
  recipientId: string
  person: { id: string; name: string; language: string }
  contactPointId: string
  channel: Channel
  carrier: string
}

/** A carrier of a channel, and the name under which people tell it to stop. */
export interface Outlet extends Lane {
  sender: string
}

/** What came of one attempt. */
export interface AttemptResult {
  /** Under which it was claimed; what somebody else took over meanwhile is left alone. */
  lease: string
  deliveryId: string
  attemptNumber: number
  contactPointId: string
  recipientId: string
  purpose: Purpose
  outcome: 'accepted' | 'retry' | 'failed' | 'cancelled'
  /** For `retry`: no answer came, so that the carrier may have the message all the same. */
  uncertain: boolean
  providerId: string | null
  errorCode: string | null
  errorReason: string | null
  /** For `failed`. */
  failure: 'permanent' | 'temporary' | null
  /** For `retry`: when, and by which carrier. */
  dueAt: number
  carrier: string
  /** What this says of the contact point. */
  address: 'fine' | 'failing' | 'gone'
}

export interface OutboxStore {
  dueRecipients(now: number, limit: number): Promise<DueRecipient[]>
  /** Queues deliveries and moves the recipients on; a recipient that was moved by somebody else is left alone. */
  advance(moves: readonly Move[], deliveries: readonly NewDelivery[], now: number): Statement[]
  /** Marks those of the recipients whose plan is over and for whom nothing was taken or can still be taken. */
  markUnreachable(recipientIds: readonly string[], now: number): Statement
  /** At the end of an alert: marks everybody whom nothing has reached, with the reasons; not whose turn never came, nor who was not needed. */
  markMissed(alertId: string, now: number): Statement
  /**
   * Takes up to `limit` due deliveries of a lane under one lease and writes their attempts.
   * What somebody claimed and never finished is taken again when its lease is over; its attempt becomes `unknown`.
   */
  claim(lane: Lane, now: number, limit: number, leaseMs: number, lease: string): Promise<ClaimedDelivery[]>
  /** Hands what waits in a lane, of one alert or of all, to another carrier, as far as that may take it. */
  moveQueued(lane: Lane, carrier: string, now: number, alertId?: string): Statement
  /** How long the last deliveries of a lane took from acceptance to the handset, milliseconds, newest first. */
  deliveryTimes(lane: Lane, limit: number): Promise<number[]>
  /**
   * Queues for another carrier what this lane's carrier took before a time and has not delivered, of open alerts and
   * people who have not answered; what that other carrier has had already, or may not take, is left alone.
   */
  queueOverdue(lane: Lane, acceptedBefore: number, carrier: string, now: number, limit: number): Statement
  /** Gives back what was claimed and not handed over. */
  release(claimed: readonly Pick<ClaimedDelivery, 'deliveryId' | 'attemptNumber' | 'lease'>[], now: number): Statement[]
  /** The claims that are under way, by their leases. */
  leases(): Promise<string[]>
  /** Claims of somebody who is gone: what they hold is due at once. */
  expireLeases(leases: readonly string[], now: number): Statement
  /** Writes what came of attempts; facts that a callback has meanwhile proven stay. */
  settle(results: readonly AttemptResult[], now: number): Statement[]
  /** When the next thing is due, for deciding how long to rest; null when nothing waits. */
  nextDue(): Promise<number | null>
  /** The newest time that was written, UTC milliseconds; null when nothing was since the clock was set back last. */
  newestTime(): Promise<number | null>
  /** The clock was set back by so many milliseconds: what waits for a time comes as soon as it would have come. */
  pullForward(by: number, now: number): Statement[]
  /** Whether anything of this alert is still to be planned or sent. */
  waitsFor(alertId: string): Promise<boolean>
  /** Hands queued deliveries of carriers that no longer exist to another carrier: what that may take, or all. */
  reroute(channel: Channel, known: readonly string[], carrier: string, which: 'allowed' | 'all'): Statement
  /**
   * Queues the end of an alert to every contact point where anything was accepted or is uncertain, if it ended so at
   * that time. Two who end it at once queue it once. Whoever heard of the alert in another way, such as a call from the
   * holder of a card, is told at the first contact point that one of the outlets may reach, in their order.
   */
  queueEnd(alertId: string, state: EndState, now: number, priority: number, outlets: readonly Outlet[]): Statement
  /** Queues an update that has been written to its audience, at the same contact points; what it overtakes is stopped. */
  queueUpdate(updateId: string, now: number, priority: number, outlets: readonly Outlet[]): Statement[]
  /**
   * Tells those who run an alert something about it, if that was noted: they become no recipients whom it is for, unless
   * they are.
   */
  notify(alertId: string, entryId: string, notices: readonly Notice[], now: number, priority: number): Statement[]
  /** A recipient's messages on this channel by this carrier will not be read; what comes next may start at once. */
  giveUp(recipientId: string, channel: Channel, carrier: string, now: number): Statement[]
  /** Stops what has not left yet. */
  cancelQueued(alertId: string): Statement
  /** Stops all further steps of an alert's plan. */
  stopPlan(alertId: string, now: number): Statement

  /** A callback's fact about one attempt; moves delivery and recipient up, never down. */
  report(attempt: ReportedAttempt, fact: AttemptFact, now: number): Statement[]
  attempt(providerId: string): Promise<{ deliveryId: string; number: number } | null>
  context(deliveryId: string): Promise<{
    recipientId: string
    alertId: string
    contactPointId: string
    purpose: Purpose
    update: number
    address: string
  } | null>
}

/** Which attempt a report speaks of; a carrier can only speak of its own. */
export interface ReportedAttempt {
  deliveryId: string
  number: number
  /** Null for what the recipient's own device reports. */
  by: { carrier: string; providerId: string } | null
}

export type AttemptFact =
  | { state: 'accepted' | 'delivered' | 'heard' | 'voicemail' }
  | { state: 'failed'; code: string; reason: string; permanent: boolean }
