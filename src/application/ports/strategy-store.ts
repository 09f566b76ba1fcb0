import type { Alert } from '../../domain/alerts/alert.ts'
import type { ContactFacts, IssuedCard } from '../../domain/strategies/contact-facts.ts'
import type { Because, Decision, NewCard, Pass } from '../../domain/strategies/decision.ts'
import type { FrozenTree } from '../../domain/strategies/strategy-rules.ts'
import type { Strategy } from '../../domain/templates/template.ts'
import type { TimelineRecord } from './alert-store.ts'
import type { Outlet } from './outbox-store.ts'
import type { Statement } from './statement.ts'

/** An open alert whose strategy has something to decide. */
export interface DueDecision {
  alertId: string
  /** As of before anything else is read: what comes later makes the alert due again. */
  stirred: number
  decided: number
  strategy: Strategy
  /** How many places have become recipients; null when all have. */
  expandedTo: number | null
}

/** What has happened to a recipient, all but what stands with the person. */
export interface RecipientFacts {
  person: string
  changedAt: number
  startedAt: number | null
  firstAnswer: { at: number; response: string } | null
  latestAnswer: { at: number; response: string } | null
  exhaustedAt: number | null
  notNeededAt: number | null
  neededAgainAt: number | null
  /** Why the person was contacted. */
  because: Because | null
  /** Something of the alert was taken, or the person has heard of it otherwise. */
  mayHaveIt: boolean
  joined: boolean
}

/** Somebody who is out of the alert or away, whether or not that changed a recipient. */
export type Absence = { person: string } & Pick<ContactFacts, 'removedAt' | 'awayUntil'>

/** A decision with everything that its record needs. */
export interface RecordedDecision {
  due: DueDecision
  starts: readonly { person: string; because: Because }[]
  /** Of the starts: who has no place in the frozen audience and becomes a recipient now. */
  joins: readonly { recipientId: string; person: string; because: Because }[]
  passes: readonly (Pass & { id: string })[]
  cards: readonly (NewCard & { id: string })[]
  endCards: Decision['endCards']
  notNeeded: readonly string[]
  neededAgain: readonly string[]
  notes: readonly TimelineRecord[]
  /** By whom people are told who have not got anything of the alert, the preferred one first. */
  outlets: readonly Outlet[]
  /** When to decide again although nothing happens, UTC milliseconds. */
  nextAt: number | null
}

export interface StrategyStore {
  /** Whether the strategy of an alert to these trees has to decide anything but to contact everybody at once. */
  hasAbsentOrDeputies(trees: readonly { id: string; version: number }[], now: number): Promise<boolean>
  due(now: number): Promise<DueDecision[]>
  frozenTrees(alert: Alert): Promise<FrozenTree[]>
  /** Recipients that changed at or after that time, the oldest change first. */
  facts(alertId: string, since: number): Promise<RecipientFacts[]>
  /** Duties of these people, and who was taken out, whenever that was. */
  states(people: readonly string[]): Promise<{ person: string; duty: string | null; removedAt: number | null }[]>
  /** Who was taken out since the alert was raised, and who is away or was at some time since, as far as that is known. */
  absences(alert: Alert): Promise<Absence[]>
  cards(alertId: string): Promise<IssuedCard[]>
  passes(alertId: string): Promise<Pass[]>
  /** Writes a decision, unless the alert has ended or another decision was recorded since; then nothing. */
  record(alert: Alert, decision: RecordedDecision, now: number): Statement[]
}
