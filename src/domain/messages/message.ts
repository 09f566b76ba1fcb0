import type { AlertKind } from '../alerts/alert.ts'
import type { Purpose } from './purpose.ts'

/** A numbered word by which its recipient tells a genuine message: each number is used for one alert. */
export interface AuthenticWord {
  number: number
  word: string
}

/** The most room that one takes in a text, for sizes that are told before anybody's own is known. */
export const LONGEST_WORD: AuthenticWord = { number: 999, word: 'w'.repeat(8) }

/** What a text, a push or a call is made from: one alert, an update or its end, as one recipient gets it. */
export interface MessageParts {
  attemptId: string
  purpose: Purpose
  /** Lower-case language of the texts below. */
  language: string
  organisation: string
  kind: AlertKind
  /** The digits that a text reply carries. */
  code: string
  title: string
  body: string
  responses: { digit: string; code: string; label: string }[]
  /** Unguessable page on which this recipient can answer. */
  link: string
  /** Null for whoever was first contacted before there were words. */
  word: AuthenticWord | null
  /** When the alert was raised, UTC milliseconds. */
  raisedAt: number
  /** When it ends by its lifetime, UTC milliseconds. */
  endsAt: number
  /**
   * Where a text is answered whose sender takes no answers: a number, or null where there is only the link. Absent: the
   * text itself can be answered.
   */
  answerAt?: string | null | undefined
  /** What somebody wants said beside the end, as it was written; empty or absent where nothing is. */
  remark?: string | undefined
}
