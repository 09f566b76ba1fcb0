import type { AlertKind } from '../alerts/alert.ts'
import type { Purpose } from './purpose.ts'

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
  /** When the alert was raised, UTC milliseconds. */
  raisedAt: number
  /** When it ends by its lifetime, UTC milliseconds. */
  endsAt: number
  /** What somebody wants said beside the end, as it was written; empty or absent where nothing is. */
  remark?: string | undefined
}
