import type { AlertView } from '../../src/contract/alerts.ts'
import { formatNumber, formatShare } from '../format.ts'
import { LADDER, segmentsOf } from '../state/funnel.ts'
import type { Filter } from '../state/recipient-view.ts'
import { texts } from '../texts.ts'
import { RungSign } from './rung-sign.tsx'
import { WaitingForTurn } from './strategy-line.tsx'

interface Props {
  alert: AlertView
  filter: Filter
  onFilter(filter: Filter): void
}

/** How many have answered, as one big number and one bar of everyone. */
export function Progress({ alert }: { alert: AlertView }) {
  return (
    <div class="progress">
      <p class="hero">
        <strong class="hero-number" data-testid="count-acknowledged-big">
          {formatNumber(alert.counts.acknowledged)}
        </strong>
        <span class="hero-words">{texts.board.of(alert.audience)}</span>
        <span class="hero-share">{formatShare(alert.counts.acknowledged, alert.audience)}</span>
      </p>
      <svg
        class="funnel-bar"
        viewBox="0 0 1000 28"
        width="100%"
        height="28"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {segmentsOf(alert.counts, 1000, 8).map(({ rung, x, width }) => (
          <rect key={rung} class={`funnel-part rung-${rung}`} x={x} y="0" width={Math.max(0, width - 3)} height="28" />
        ))}
      </svg>
      {alert.added.people > 0 && (
        <p class="quiet" data-testid="added">
          {texts.steer.added(alert.added.people, alert.added.counts.acknowledged)}
        </p>
      )}
    </div>
  )
}

/** Everyone on exactly one step of the ladder, one button per step. */
export function Ladder({ alert, filter, onFilter }: Props) {
  return (
    <section class="card" aria-labelledby="ladder-title">
      <h2 id="ladder-title">{texts.board.ladder}</h2>
      <ul class="rungs">
        {LADDER.map((rung) => (
          <li key={rung}>
            <button
              type="button"
              class="rung"
              aria-pressed={filter === `rung:${rung}`}
              data-testid={`count-${rung}`}
              onClick={() => onFilter(filter === `rung:${rung}` ? 'all' : `rung:${rung}`)}
            >
              <RungSign rung={rung} />
              <span class="rung-words">
                <span class="rung-name">{texts.rung[rung]}</span>
                <span class="rung-meaning">{texts.rungMeaning[rung]}</span>
              </span>
              <strong class="rung-count">{formatNumber(alert.counts[rung])}</strong>
            </button>
          </li>
        ))}
      </ul>
      <WaitingForTurn alert={alert} />
    </section>
  )
}
