import { MINUTE } from '../clock.ts'
import { millisecondsOf } from '../duration.ts'
import type { TemplateContent } from '../templates/template.ts'
import type { StrategyRules } from './strategy-rules.ts'

const HOLD = 5 * MINUTE
const CARD_TIME = 15 * MINUTE

/** How an alert from this template spreads. */
export function readStrategy(template: TemplateContent): StrategyRules {
  const hold = template.hold === undefined ? HOLD : millisecondsOf(template.hold)
  switch (template.strategy) {
    case 'broadcast':
      return { name: 'broadcast' }
    case 'cascade':
      return { name: 'cascade', hold }
    case 'relay':
      return {
        name: 'relay',
        hold,
        cardTime: template.cardTime === undefined ? CARD_TIME : millisecondsOf(template.cardTime),
      }
    case 'quorum':
      return { name: 'quorum', hold, ...(template.quorum ?? { need: 1, perDuty: {}, wave: 1 }) }
  }
}
