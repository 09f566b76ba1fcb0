import type { AlertView, RecipientView } from '../../src/contract/alerts.ts'
import type { BoardRecipient } from './board-state.ts'
import { isNotContacted } from './say-strategy.ts'

/** Which recipients a list shows: a word, or `rung:` or `response:` with a name. */
export type Filter = 'all' | 'help' | 'silent' | 'unreachable' | `rung:${string}` | `response:${string}`

type Option = AlertView['responseOptions'][number]

/** The codes of the answers that go to the top of the board. */
export function helpCodes(options: readonly Option[]): ReadonlySet<string> {
  return new Set(options.filter((option) => option.needsHelp).map((option) => option.code))
}

/** How many people stand at an answer that needs help. */
export function countHelp(alert: AlertView): number {
  return alert.responseOptions.reduce(
    (sum, { needsHelp, code }) =>
      sum + (needsHelp ? (alert.responses[code] ?? 0) + (alert.added.responses[code] ?? 0) : 0),
    0,
  )
}

/** The answers in the order of the board: needs help first, then by digit. */
export function orderResponses(options: readonly Option[]): Option[] {
  return options.toSorted((a, b) => Number(b.needsHelp) - Number(a.needsHelp) || a.digit.localeCompare(b.digit))
}

/** The answers in the order in which people are asked. */
export function orderByDigit<T extends { digit: string }>(options: readonly T[]): T[] {
  return options.toSorted((a, b) => a.digit.localeCompare(b.digit))
}

/** Everyone in the order in which a commander must look: needs help, out of reach, silent longest, not contacted yet, then answered latest. */
export function orderRecipients(all: Iterable<BoardRecipient>, help: ReadonlySet<string>): BoardRecipient[] {
  const urgency = (one: BoardRecipient) => {
    if (one.response !== undefined && help.has(one.response)) return 0
    if (one.rung === 'acknowledged') return 4
    if (one.unreachable !== undefined) return 1
    // Who has not been asked is not silent.
    return isNotContacted(one) ? 3 : 2
  }
  return [...all]
    .map((one) => ({ one, urgency: urgency(one) }))
    .sort((a, b) => {
      if (a.urgency !== b.urgency) return a.urgency - b.urgency
      const order =
        a.urgency === 4 ? compare(b.one.changedAt, a.one.changedAt) : compare(a.one.rungSince, b.one.rungSince)
      return order || compare(a.one.name, b.one.name)
    })
    .map(({ one }) => one)
}

/** Keeps those that pass the filter and whose name holds every word of the search. */
export function pickRecipients(
  ordered: readonly BoardRecipient[],
  filter: Filter,
  search: string,
  help: ReadonlySet<string>,
): BoardRecipient[] {
  const words = fold(search).split(/\s+/).filter(Boolean)
  return ordered.filter((one) => passes(one, filter, help) && words.every((word) => fold(one.name).includes(word)))
}

function passes(one: RecipientView, filter: Filter, help: ReadonlySet<string>): boolean {
  if (filter === 'all') return true
  if (filter === 'silent') return one.rung !== 'acknowledged'
  if (filter === 'unreachable') return one.unreachable !== undefined && one.rung !== 'acknowledged'
  if (filter === 'help') return one.response !== undefined && help.has(one.response)
  if (filter.startsWith('rung:')) return one.rung === filter.slice(5)
  return one.response === filter.slice(9)
}

/** Why the last try of a message that waits for the next one failed; null where none waits. */
export function whyWaiting(one: RecipientView): { carrier: string; error: string } | null {
  if (one.rung === 'acknowledged') return null
  for (const { state, attempts } of one.deliveries) {
    const last = attempts.at(-1)
    if (state === 'queued' && last?.state === 'failed') return { carrier: last.carrier, error: last.error ?? '' }
  }
  return null
}

/** How many people's messages wait to be tried again, by carrier and reason, most first. */
export function countWaiting(all: Iterable<RecipientView>): { carrier: string; error: string; people: number }[] {
  const found = new Map<string, { carrier: string; error: string; people: number }>()
  for (const one of all) {
    const why = whyWaiting(one)
    if (!why) continue
    const key = `${why.carrier} ${why.error}`
    found.set(key, { ...why, people: (found.get(key)?.people ?? 0) + 1 })
  }
  return [...found.values()].sort((a, b) => b.people - a.people)
}

/** Text as it is searched: without case and accents. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
