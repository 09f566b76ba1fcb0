import type { AlertView } from '../../src/contract/alerts.ts'
import { sayQuorum, sayStrategy } from '../state/say-strategy.ts'
import { strategyTexts } from '../texts-strategy.ts'
import { Icon } from './icon.tsx'

/** How a template or an alert spreads, beside its plan. */
export function StrategyLine({ spread }: { spread: Parameters<typeof sayStrategy>[0] }) {
  return (
    <p class="strategy-line" data-testid="strategy">
      {sayStrategy(spread)}
    </p>
  )
}

/** How many of those planned nobody has begun to contact: silence of theirs means nothing. */
export function WaitingForTurn({ alert }: { alert: AlertView }) {
  if (alert.state !== 'open' || (alert.strategy === 'broadcast' && alert.waiting === 0)) return null
  return (
    <p class="quiet waiting-turn" data-testid="waiting-turn">
      {strategyTexts.strategy.notYet(alert.waiting)}
    </p>
  )
}

/** Whether a quorum is filled or still asks, told apart at a glance. */
export function QuorumLine({ alert }: { alert: AlertView }) {
  const quorum = sayQuorum(alert)
  if (!quorum) return null
  return (
    <p class={quorum.filled ? 'fine' : 'note'} data-testid="quorum">
      {quorum.filled && <Icon name="check" />}
      {quorum.words}
    </p>
  )
}
