import type { Statement } from './statement.ts'

/** What one carrier has cost in one alert so far, in millionths of its currency. */
export interface Spent {
  alertId: string
  carrier: string
  amount: number
}

export interface SpendingStore {
  /** What an alert has cost so far, by carrier. */
  spent(alertId: string): Promise<Map<string, number>>
  /** Adds to what was spent. */
  add(amounts: readonly Spent[]): Statement
}
