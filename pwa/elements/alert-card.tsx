import type { AlertView } from '../../src/contract/alerts.ts'
import { formatMoment } from '../format.ts'
import { segmentsOf } from '../state/funnel.ts'
import { countHelp } from '../state/recipient-view.ts'
import { texts } from '../texts.ts'
import { Icon } from './icon.tsx'
import { KindMark } from './kind-mark.tsx'

/** A running alert at a glance; the whole card opens its board. */
export function RunningCard({ alert, now }: { alert: AlertView; now: number }) {
  const help = countHelp(alert)
  return (
    <li class={`card alert-card alert-${alert.kind}`}>
      <p class="alert-card-top">
        <KindMark kind={alert.kind} />
        <span class="quiet">{texts.home.raisedAt(formatMoment(alert.raisedAt, now))}</span>
      </p>
      <h3>
        <a class="cover" href={`/alerts/${alert.id}`}>
          {alert.title}
        </a>
      </h3>
      <svg
        class="funnel-bar thin"
        viewBox="0 0 1000 10"
        width="100%"
        height="10"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {segmentsOf(alert.counts, 1000, 8).map(({ rung, x, width }) => (
          <rect key={rung} class={`funnel-part rung-${rung}`} x={x} y="0" width={Math.max(0, width - 3)} height="10" />
        ))}
      </svg>
      <p class="alert-card-count">{texts.home.acknowledgedOf(alert.counts.acknowledged, alert.audience)}</p>
      {help > 0 && (
        <p class="alert-card-help">
          <Icon name="help" />
          {texts.home.needHelp(help)}
        </p>
      )}
      {alert.unclear > 0 && <p class="alert-card-unclear">{texts.home.unclear(alert.unclear)}</p>}
    </li>
  )
}

/** An alert that is over, with the way to its report. */
export function EndedRow({ alert, now }: { alert: AlertView; now: number }) {
  return (
    <li class="ended">
      <span class="ended-words">
        <a href={`/alerts/${alert.id}`}>{alert.title}</a>
        <span class="quiet">
          <KindMark kind={alert.kind} /> {formatMoment(alert.raisedAt, now)} ·{' '}
          {texts.home.acknowledgedOf(alert.counts.acknowledged, alert.audience)}
        </span>
      </span>
      <a class="button small" href={`/reports/${alert.id}`}>
        {texts.home.report}
        <span class="visually-hidden"> {alert.title}</span>
      </a>
    </li>
  )
}
