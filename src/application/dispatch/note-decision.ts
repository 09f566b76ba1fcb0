import type { Alert } from '../../domain/alerts/alert.ts'
import type { Because, Decision } from '../../domain/strategies/decision.ts'
import type { Deps } from '../deps.ts'
import type { TimelineRecord } from '../ports/alert-store.ts'

/** So many reasons of one decision stand in the timeline each by itself; more are counted, and stand with the people. */
const MOST_REASONS = 20

/** What the timeline says of a decision. People are named by id only: who is erased is erased there too. */
export function noteDecision(deps: Deps, alert: Alert, decision: Decision, now: number): TimelineRecord[] {
  const note = (kind: string, data: object): TimelineRecord => ({
    id: deps.newId(),
    alertId: alert.id,
    at: now,
    kind,
    recipientId: null,
    data: { ...data },
  })
  const { notNeeded, neededAgain } = decision
  return [
    ...decision.endCards.map((ended) => note('card_ended', ended)),
    ...decision.pass.map((pass) => note('branch_passed', pass)),
    ...decision.cards.map(({ people, ...card }) => note('card_issued', { ...card, people: people.length })),
    ...noteStarts(decision.start, note),
    ...(notNeeded.length > 0 ? [note('not_needed', { people: notNeeded.length })] : []),
    ...(neededAgain.length > 0 ? [note('needed_again', { people: neededAgain.length })] : []),
  ]
}

function noteStarts(starts: Decision['start'], note: (kind: string, data: object) => TimelineRecord): TimelineRecord[] {
  const groups = [...Map.groupBy(starts, ({ because }) => JSON.stringify(because)).values()].flatMap((group) =>
    group[0] ? { because: group[0].because, first: group[0].person, people: group.length } : [],
  )
  if (groups.length <= MOST_REASONS) return groups.map((group) => note('contacting', group))
  const kinds = Map.groupBy(groups, ({ because }) => because.why)
  return [...kinds].map(([why, some]) => note('contacting', { because: { why }, ...sum(some) }))
}

function sum(groups: readonly { because: Because; first: string; people: number }[]): object {
  const people = groups.reduce((total, group) => total + group.people, 0)
  return { people, reasons: groups.length }
}
