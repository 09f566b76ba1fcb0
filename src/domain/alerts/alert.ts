import type { TemplateContent } from '../templates/template.ts'

export const ALERT_KINDS = ['live', 'drill'] as const
export type AlertKind = (typeof ALERT_KINDS)[number]

/**
 * - `open`: people are being contacted and may answer.
 * - `closed`: somebody ended it; the all-clear has been queued.
 * - `expired`: nobody ended it within its lifetime.
 * - `cancelled`: somebody called it off, and everybody who may have received it is told so.
 * - `in_error`: it should never have been sent, and everybody who may have received it is told so.
 */
export const ALERT_STATES = ['open', 'closed', 'expired', 'cancelled', 'in_error'] as const
export type AlertState = (typeof ALERT_STATES)[number]
export type EndState = Exclude<AlertState, 'open'>

/** To whom an update goes: everybody, those who had answered by then, or those who had not. */
export const AUDIENCES = ['all', 'acknowledged', 'silent'] as const
export type UpdateAudience = (typeof AUDIENCES)[number]

/** By lower-case language; without a title, the alert's own stands. */
export type UpdateTexts = Record<string, { title?: string | undefined; body: string }>

/** What was said to an alert's recipients later; numbered from 1 in the order in which it was decided. */
export interface AlertUpdate {
  number: number
  at: number
  by: string
  audience: UpdateAudience
  texts: UpdateTexts
}

/** What was approved and is being sent; never changes after the alert is raised. */
export interface Manifest {
  template: TemplateContent & { id: string; version: number }
  trees: { id: string; name: string; version: number }[]
  organisation: string
  /** The language used where a text has no translation. */
  fallbackLanguage: string
}

export interface Alert {
  id: string
  kind: AlertKind
  state: AlertState
  /** The digits that a reply carries; unique among alerts of the last days. */
  code: string
  manifest: Manifest
  /** How many people it is for, fixed when it was raised. */
  audience: number
  raisedAt: number
  raisedBy: string
  endsAt: number
  /** When it is to be said that it ends soon; null once that was said, or it has ended. */
  warnAt: number | null
  closedAt: number | null
  closedBy: string | null
  /** What whoever cancelled it wants said beside that. */
  endRemark: string | null
  /** In the order of their numbers. */
  updates: AlertUpdate[]
}

/** What kind of message the alert is by now, after Common Alerting Protocol 1.2, 3.2.1 (`msgType`). */
export function messageTypeOf({ state, updates }: Pick<Alert, 'state' | 'updates'>): 'Alert' | 'Update' | 'Cancel' {
  if (state === 'cancelled' || state === 'in_error') return 'Cancel'
  return updates.length > 0 || state === 'closed' ? 'Update' : 'Alert'
}
