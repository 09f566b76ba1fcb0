import type { ContactHistory } from '../../domain/strategies/contact-facts.ts'
import { decideContacts } from '../../domain/strategies/decide-contacts.ts'
import type { Decision } from '../../domain/strategies/decision.ts'
import { readStrategy } from '../../domain/strategies/read-strategy.ts'
import type { Deps } from '../deps.ts'
import type { DueDecision, RecordedDecision } from '../ports/strategy-store.ts'
import { type AlertHistory, openHistory } from './alert-history.ts'
import { CHUNK } from './expand-audiences.ts'
import { noteDecision } from './note-decision.ts'
import { outletsOf } from './outlets-of.ts'

/** So many contacts begin in one commit: what follows waits for the next decision, callbacks do not wait for this one. */
const MOST_STARTS = 2_000
/** A decision about a large tree takes its time; of all time, deciding takes one part in so many. */
const SHARE = 4

export interface Strategist {
  /**
   * Decides for the alerts whose strategy is due, and records what follows: `done`. `postponed`: something is due, but
   * was decided just now.
   */
  decide(): Promise<'done' | 'postponed' | 'nothing'>
}

/** Keeps the trees of running alerts in memory, which only saves reading them again. */
export function createStrategist(deps: Deps): Strategist {
  const histories = new Map<string, AlertHistory>()
  const notBefore = new Map<string, number>()

  return {
    async decide() {
      const due = await deps.store.strategies.due(deps.clock())
      let outcome: 'done' | 'postponed' | 'nothing' = 'nothing'
      for (const one of due) {
        if (isTooEarly(one)) continue
        const began = deps.clock()
        const wait = (notBefore.get(one.alertId) ?? began) - began
        // A clock that was set back must not make anybody wait.
        if (wait > 0 && wait < LONGEST_WAIT) {
          outcome = outcome === 'done' ? outcome : 'postponed'
          continue
        }
        await decideOne(deps, histories, one)
        const now = deps.clock()
        notBefore.set(one.alertId, now + Math.min(LONGEST_WAIT - 1, (now - began) * SHARE))
        outcome = 'done'
      }
      forgetOthers(histories, notBefore, await deps.store.alerts.openIds())
      return outcome
    },
  }
}

const LONGEST_WAIT = 5_000

/**
 * Until everybody has a seat, not all who may be contacted are there. Those with whom a tree begins are contacted as they
 * are seated; the first wave of a quorum is among the first seats.
 */
function isTooEarly({ strategy, expandedTo }: DueDecision): boolean {
  return expandedTo !== null && (strategy !== 'quorum' || expandedTo > CHUNK)
}

async function decideOne(deps: Deps, histories: Map<string, AlertHistory>, due: DueDecision): Promise<void> {
  const { store } = deps
  const history = histories.get(due.alertId) ?? (await openAlert(deps, due.alertId))
  if (!history) return
  histories.set(due.alertId, history)
  const { alert } = history
  const now = deps.clock()
  await history.update()
  const [cards, passes] = await Promise.all([store.strategies.cards(alert.id), store.strategies.passes(alert.id)])
  const happened: ContactHistory = { people: history.people, cards, passes }
  const rules = {
    kind: alert.kind,
    severity: alert.manifest.template.severity,
    strategy: readStrategy(alert.manifest.template),
  }
  const decision = decideContacts(rules, history.trees, happened, now)
  await store.commit(store.strategies.record(alert, toRecord(deps, history, due, decision, now), now))
}

async function openAlert(deps: Deps, id: string): Promise<AlertHistory | null> {
  const alert = await deps.store.alerts.find(id)
  return alert && openHistory(deps, alert)
}

/** What cannot be recorded yet makes the alert due again at once: the rest of many, and who has no seat yet. */
function toRecord(
  deps: Deps,
  history: AlertHistory,
  due: DueDecision,
  decision: Decision,
  now: number,
): RecordedDecision {
  const { placesOf, numbers } = history.trees
  const hasPlace = (person: string) => (placesOf[numbers.get(person) ?? -1]?.length ?? 0) > 0
  const begun = decision.start.slice(0, MOST_STARTS)
  const isPart = begun.length < decision.start.length || due.expandedTo !== null
  const named = <T>(row: T) => ({ ...row, id: deps.newId() })
  const joins = begun.filter(({ person }) => !hasPlace(person))
  return {
    due,
    starts: begun,
    joins: joins.map((start) => ({ ...start, recipientId: deps.newId() })),
    passes: decision.pass.map(named),
    cards: decision.cards.map(named),
    endCards: decision.endCards,
    notNeeded: decision.notNeeded,
    neededAgain: decision.neededAgain,
    notes: noteDecision(deps, history.alert, { ...decision, start: begun }, now),
    outlets: outletsOf(deps),
    nextAt: isPart ? now : decision.nextAt,
  }
}

function forgetOthers(
  histories: Map<string, AlertHistory>,
  notBefore: Map<string, number>,
  openIds: readonly string[],
): void {
  const open = new Set(openIds)
  for (const id of histories.keys()) if (!open.has(id)) histories.delete(id)
  for (const id of notBefore.keys()) if (!open.has(id)) notBefore.delete(id)
}
