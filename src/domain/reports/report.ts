import type { AlertKind, AlertState, UpdateAudience } from '../alerts/alert.ts'
import type { Rung } from '../alerts/rung.ts'

export interface ReportRow {
  person: string
  name: string
  /** When the person was added to the running alert; null for the frozen audience. */
  addedAt: string | null
  rung: Rung
  response: string | null
  channel: string | null
  /** ISO 8601. */
  acknowledgedAt: string | null
  /** Since the alert was raised, or the person was added. */
  seconds: number | null
  onBehalfBy: string | null
  /** Why the plan came to its end without reaching this person. */
  unreachable: string | null
  /** Of a person whom nothing has reached: why the last hand-over did not work. */
  lastError: string | null
}

export interface ChannelFigures {
  channel: string
  sent: number
  accepted: number
  delivered: number
  failed: number
  acknowledged: number
}

/** One model behind the JSON, the CSV and the page. */
export interface Report {
  alert: {
    id: string
    kind: AlertKind
    state: AlertState
    messageType: 'Alert' | 'Update' | 'Cancel'
    title: string
    template: string
    trees: string[]
    organisation: string
    raisedAt: string
    raisedBy: string
    closedAt: string | null
    endRemark: string | null
    updates: { number: number; at: string; by: string; audience: UpdateAudience; title: string; body: string }[]
  }
  generatedAt: string
  audience: number
  /** Whoever was added to the running alert, apart. */
  added: { people: number; counts: Record<Rung, number>; unreachable: number }
  counts: Record<Rung, number>
  unreachable: number
  onBehalf: number
  responses: { code: string; label: string; count: number }[]
  /** Seconds until the given share of the audience had acknowledged; null where it never did. */
  timeToAcknowledge: { p50: number | null; p90: number | null; last: number | null }
  curve: { seconds: number; acknowledged: number }[]
  channels: ChannelFigures[]
  recipients: ReportRow[]
}
