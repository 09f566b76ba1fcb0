import type { TimelineRecord } from './alert-store.ts'
import type { Statement } from './statement.ts'

export interface Answer {
  id: string
  alertId: string
  recipientId: string
  response: string
  channel: string
  at: number
  receivedAt: number
  recordedBy: string | null
  note: string | null
}

export interface InboundMessage {
  id: string
  carrier: string
  channel: string
  from: string
  text: string
  at: number
  outcome: 'answer' | 'late' | 'opt_out' | 'opt_in' | 'unclear'
  reason: string | null
  alertId: string | null
  recipientId: string | null
}

/** A text that waits for a person, with how often its phone has sent it. */
export interface UnclearMessage extends InboundMessage {
  name: string | null
  times: number
}

/** An unclear text that a phone sent before. */
export interface EarlierMessage {
  id: string
  alertId: string | null
  text: string
  reason: string | null
  at: number
  /** When the same text came last. */
  lastAt: number
  settled: boolean
}

export interface AnswerStore {
  /**
   * Writes an answer and its timeline entry once. The first statement answers a row only the first time, with whether
   * the answer is late; the entry tells that too, and whether the person has given a later answer already.
   */
  record(answer: Answer, entry: TimelineRecord): Statement[]
  /**
   * Where the recipient stands after an answer that was written in the same commit with that entry: the response is the
   * latest by the time it was given, the acknowledgement the first. The rest of the plan stops, and what is queued for
   * the recipient is cancelled. A late answer moves nothing.
   */
  stand(answer: Answer, entryId: string, now: number): Statement[]
  /** Shows an answer written with that entry to a person, as this message, unless it is where the recipient stands. */
  keepUnlessStanding(message: InboundMessage, answerId: string, entryId: string): Statement
  of(alertId: string): Promise<Answer[]>
  /** The answer of a recipient that arrived last, and how many there are. */
  latest(
    recipientId: string,
  ): Promise<{ answer: Pick<Answer, 'id' | 'response' | 'channel' | 'receivedAt'>; count: number } | null>
  /** Opened, clicked or a key pressed: the recipient stands at `heard` at least. */
  /** A human answered by this very contact point. */
  provePoint(contactPointId: string, at: number): Statement
  hear(recipientId: string, now: number): Statement
  /** The contact point of this person with this address has been answered through. */
  prove(personId: string, address: string, channel: string, at: number): Statement
  /** Keeps a text; lets the whole commit fail when it has been kept before. `repeatOf` holds while that text waits. */
  keep(message: InboundMessage, repeatOf?: string | null): Statement
  isKept(id: string): Promise<boolean>
  /**
   * Texts that wait for a person on the board of an alert: its own, and those of no alert that came while it was open
   * or from one of its recipients.
   */
  unclear(alertId: string): Promise<UnclearMessage[]>
  /** Unclear texts of a phone since then, newest first, each once. */
  unclearFrom(from: string, since: number): Promise<EarlierMessage[]>
  /** Whether the board of this alert shows that text, or has shown it. */
  concerns(alertId: string, id: string): Promise<boolean>
  /** Answers a row only the first time. */
  settle(id: string, by: string, now: number): Statement
}
