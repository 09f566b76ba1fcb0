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

export interface AnswerStore {
  /**
   * Writes an answer once. The first statement answers a row only the first time; when the alert is still open the
   * recipient is moved to `acknowledged`, the rest of the plan stops, and what is queued for the recipient is cancelled.
   */
  record(answer: Answer, now: number): Statement[]
  of(alertId: string): Promise<Answer[]>
  /** Opened, clicked or a key pressed: the recipient stands at `heard` at least. */
  hear(recipientId: string, now: number): Statement
  /** The contact point of this person with this address has been answered through. */
  prove(personId: string, address: string, at: number): Statement
  /** Keeps a text once: answers a row only the first time. */
  keep(message: InboundMessage): Statement
  /** Texts that wait for a person. */
  unclear(alertId: string): Promise<(InboundMessage & { name: string | null })[]>
  /** Answers a row only the first time. */
  settle(id: string, by: string, now: number): Statement
}
