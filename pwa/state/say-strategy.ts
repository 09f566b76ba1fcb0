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
