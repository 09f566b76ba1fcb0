import type { AlertKind } from '../alerts/alert.ts'

/** What a text, a push or a call is made from: one alert, or its end, as one recipient gets it. */
export interface MessageParts {
  attemptId: string
  purpose: 'alert' | 'all_clear' | 'expired'
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
}
