import type { TemplateContent } from '../templates/template.ts'

export const ALERT_KINDS = ['live', 'drill'] as const
export type AlertKind = (typeof ALERT_KINDS)[number]

/**
 * - `open`: people are being contacted and may answer.
 * - `closed`: somebody ended it; the all-clear has been queued.
 * - `expired`: nobody ended it within its lifetime.
 */
export const ALERT_STATES = ['open', 'closed', 'expired'] as const
export type AlertState = (typeof ALERT_STATES)[number]

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
  /** How many became recipients afterwards. */
  joined: number
  raisedAt: number
  raisedBy: string
  endsAt: number
  closedAt: number | null
  closedBy: string | null
}
