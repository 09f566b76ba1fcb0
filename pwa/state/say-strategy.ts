import type { AlertView, RecipientView } from '../../src/contract/alerts.ts'
import { formatLength, parseDuration } from '../format.ts'
import { people } from '../texts-people.ts'
import { strategyTexts } from '../texts-strategy.ts'

const texts = strategyTexts.strategy

/** How an alert spreads, in one or two sentences, with its times. */
export function sayStrategy(spread: Pick<AlertView, 'strategy' | 'hold' | 'cardTime' | 'quorum'>): string {
  const hold = sayDuration(spread.hold)
  switch (spread.strategy) {
    case 'broadcast':
      return texts.broadcast
    case 'cascade':
      return texts.cascade(hold)
    case 'relay':
      return texts.relay(hold, sayDuration(spread.cardTime))
    case 'quorum': {
      const { need = 1, perDuty = {}, wave = 1 } = spread.quorum ?? {}
      return texts.quorum(sayNeed(need, perDuty), wave, hold)
    }
  }
}

/**
 * How far the quorum of a running alert is; null for another strategy. Where duties count too, the board does not know
 * who of those who accepted has which, and says no more than how many they are.
 */
export function sayQuorum(
  alert: Pick<AlertView, 'strategy' | 'quorum' | 'state' | 'responses' | 'responseOptions' | 'added'>,
): { filled: boolean; words: string } | null {
  if (alert.strategy !== 'quorum' || alert.state !== 'open') return null
  const { need = 1, perDuty = {} } = alert.quorum ?? {}
  const accepting = alert.responseOptions.filter(({ accepts }) => accepts)
  const accepted = accepting.reduce(
    (sum, { code }) => sum + (alert.responses[code] ?? 0) + (alert.added.responses[code] ?? 0),
    0,
  )
  if (Object.keys(perDuty).length > 0) return { filled: false, words: texts.accepted(accepted) }
  const filled = accepted >= need
  return { filled, words: filled ? texts.filled(accepted) : texts.notFilled(accepted, need) }
}

function sayNeed(need: number, perDuty: Record<string, number>): string {
  const duties = Object.entries(perDuty).map(([duty, count]) => texts.withDuty(count, duty))
  return [...(need > 0 ? [people(need)] : []), ...duties].join(', ')
}

/** An ISO 8601 duration in words; one that cannot be read stays as it is. */
function sayDuration(duration: string | undefined): string {
  const length = parseDuration(duration ?? '')
  return length === null ? (duration ?? '') : formatLength(length)
}

/** Whether somebody is not contacted, because his or her turn has not come or because of an absence. */
export function isNotContacted(one: RecipientView): boolean {
  return (
    one.rung === 'planned' &&
    one.unreachable === undefined &&
    one.nextAt === undefined &&
    one.reason === undefined &&
    one.deliveries.length === 0
  )
}
