import type { AlertBody, AlertView } from '../../src/contract/alerts.ts'
import { Refused } from '../api/request.ts'
import { service } from '../api/service.ts'
import { forgetKeptRaise, keepRaise, keptRaises, type PendingRaise } from '../offline/pending-raises.ts'

const unsure = new Map<string, PendingRaise>()
const flying = new Set<string>()
const listeners = new Set<() => void>()
let read: Promise<void> | null = null

/** Reads what an earlier page has kept, once. */
export function readPendingRaises(): Promise<void> {
  read ??= keptRaises().then((kept) => {
    for (const raise of kept) if (!flying.has(raise.key)) unsure.set(raise.key, raise)
    if (kept.length > 0) tell()
  })
  return read
}

/** The requests of this account of which it is not known whether they raised an alert. */
export function pendingRaises(account: string): PendingRaise[] {
  return [...unsure.values()].filter((raise) => raise.account === account)
}

/** Calls back whenever one is added or settled; returns how to stop that. */
export function onPendingRaises(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/**
 * Raises an alert. Until a clear answer comes, the same draft goes out with the same key, also from a page that was
 * loaded anew, so that it raises one alert only. Throws as any request does.
 */
export async function raiseOnce(draft: Omit<PendingRaise, 'key' | 'at'>): Promise<AlertView> {
  await readPendingRaises()
  const earlier = findPending(pendingRaises(draft.account), draft.body)
  const raise = earlier ?? { ...draft, key: crypto.randomUUID(), at: Date.now() }
  flying.add(raise.key)
  // Written down before it leaves: the page may be closed before the answer comes.
  await keepRaise(raise)
  try {
    const alert = await service.raise(raise.body, raise.key)
    forgetRaise(raise.key)
    return alert
  } catch (error) {
    if (provesNothingRaised(error, earlier !== undefined)) forgetRaise(raise.key)
    else unsure.set(raise.key, raise)
    throw error
  } finally {
    flying.delete(raise.key)
    tell()
  }
}

/** The matter is settled, or nobody wants to know any more. */
export function forgetRaise(key: string): void {
  unsure.delete(key)
  void forgetKeptRaise(key)
  tell()
}

/** The request that asks for the very same: template, trees and kind. */
export function findPending(pending: readonly PendingRaise[], body: AlertBody): PendingRaise | undefined {
  return pending.find((raise) => nameOf(raise.body) === nameOf(body))
}

/** Alerts that this request may have raised, as far as an outsider can tell. */
export function findRaised(raise: PendingRaise, by: string, alerts: readonly AlertView[]): AlertView[] {
  const MINUTE = 60_000
  return alerts.filter(({ template, trees, kind, raisedBy, raisedAt }) => {
    const after = Date.parse(raisedAt) - raise.at
    const body = { template: template.id, trees: trees.map((tree) => tree.id), kind }
    return nameOf(body) === nameOf(raise.body) && raisedBy === by && after > -2 * MINUTE && after < 15 * MINUTE
  })
}

/**
 * Whether the error is the service's own word that no alert was raised. A second try that is refused at the door (not
 * signed in, too many requests) says nothing about the first.
 */
export function provesNothingRaised(error: unknown, triedBefore: boolean): boolean {
  if (!(error instanceof Refused) || error.status >= 500 || error.status === 408) return false
  const looked = [400, 404, 409, 422].includes(error.status) && !error.code.startsWith('http.')
  return looked || !triedBefore
}

function nameOf({ template, trees, kind }: AlertBody): string {
  return [kind, template, ...trees.toSorted()].join(' ')
}

function tell(): void {
  for (const listener of listeners) listener()
}
