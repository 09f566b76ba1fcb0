import type { AlertKind } from '../alerts/alert.ts'
import type { Severity } from '../templates/template.ts'
import type { TreeNode } from '../trees/tree.ts'

/** How an alert spreads. All times are milliseconds. */
export type StrategyRules =
  | { name: 'broadcast' }
  /** `hold`: how long a person's silence may keep the people below from being contacted. */
  | { name: 'cascade'; hold: number }
  /** `cardTime`: how long a card may be worked on before the people still unmarked on it are contacted directly. */
  | { name: 'relay'; hold: number; cardTime: number }
  | QuorumRules

export interface QuorumRules {
  name: 'quorum'
  /** So many people must stand at an accepting answer; 0 where only duties count. */
  need: number
  /** So many of them with each of these duties. */
  perDuty: Readonly<Record<string, number>>
  /** How many more are contacted each time that those still open cannot fill it; 1 is strictly in order. */
  wave: number
  /** How long a silent person is counted upon. */
  hold: number
}

/** What the decision needs to know of an alert. */
export interface AlertRules {
  kind: AlertKind
  severity: Severity
  strategy: StrategyRules
}

/** A tree as it was when the alert was raised. */
export interface FrozenTree {
  id: string
  nodes: TreeNode[]
}

/** Whether the alert also goes to those who are away: their lives may depend on it. */
export function isLifeSafety(alert: Pick<AlertRules, 'kind' | 'severity'>): boolean {
  return alert.kind === 'live' && (alert.severity === 'extreme' || alert.severity === 'severe')
}
