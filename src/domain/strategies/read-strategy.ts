import { millisecondsOf } from '../duration.ts'
import type { TemplateContent } from '../templates/template.ts'
import type { StrategyRules } from './strategy-rules.ts'

const HOLD = 'PT5M'
const CARD_TIME = 'PT15M'

type Spread = Pick<TemplateContent, 'strategy' | 'hold' | 'cardTime' | 'quorum'>

/** How an alert from this template spreads. */
export function readStrategy(template: Spread): StrategyRules {
  const { strategy, hold = HOLD, cardTime = CARD_TIME, quorum } = template
  switch (strategy) {
    case 'broadcast':
      return { name: 'broadcast' }
    case 'cascade':
      return { name: 'cascade', hold: millisecondsOf(hold) }
    case 'relay':
      return { name: 'relay', hold: millisecondsOf(hold), cardTime: millisecondsOf(cardTime) }
    case 'quorum':
      return { name: 'quorum', hold: millisecondsOf(hold), ...(quorum ?? { need: 1, perDuty: {}, wave: 1 }) }
  }
}

/** What a strategy goes by, for showing: only what it uses, with the times that hold where the template names none. */
export function showSpread({ strategy, hold = HOLD, cardTime = CARD_TIME, quorum }: Spread): Spread {
  if (strategy === 'broadcast') return { strategy }
  if (strategy === 'relay') return { strategy, hold, cardTime }
  return { strategy, hold, ...(strategy === 'quorum' && quorum ? { quorum } : {}) }
}
