import type { AlertBody } from '../../src/contract/alerts.ts'
import { onStore } from './database.ts'

/** A request to raise an alert to which no clear answer has come yet. */
export interface PendingRaise {
  /** Its idempotency key: the same request with it raises one alert only. */
  key: string
  /** Whose request it is: for another account the key would be a new one. */
  account: string
  body: AlertBody
  /** The names of template and trees, for telling. */
  template: string
  trees: string[]
  /** When it was first sent, milliseconds since 1970 by this device's clock. */
  at: number
}

export async function keepRaise(raise: PendingRaise): Promise<void> {
  await onStore('raises', 'readwrite', (store) => store.put(raise)).catch(() => undefined)
}

export async function forgetKeptRaise(key: string): Promise<void> {
  await onStore('raises', 'readwrite', (store) => store.delete(key)).catch(() => undefined)
}

export async function keptRaises(): Promise<PendingRaise[]> {
  return onStore<PendingRaise[]>('raises', 'readonly', (store) => store.getAll()).catch(() => [])
}
