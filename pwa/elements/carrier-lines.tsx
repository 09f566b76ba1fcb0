import type { AlertView } from '../../src/contract/alerts.ts'
import type { CarrierState } from '../../src/contract/carriers.ts'
import { service } from '../api/service.ts'
import { formatEstimate, formatMoment } from '../format.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { Icon } from './icon.tsx'
import { channelName } from './unclear-list.tsx'

const EVERY = 10_000
/** So much longer than usual is worth a word. */
const SLOW = 2

/** How the carriers of an alert do: a line each, and plainly where the messages go when one is set aside. */
export function CarrierLines({ alert, now }: { alert: AlertView; now: number }) {
  const { value } = useLoad(alert.id, service.carriers, { every: EVERY })
  const used = new Set<string>(alert.plan.flatMap((step) => step.channels))
  const lines = (value ?? []).filter(({ channel }) => used.has(channel))
  if (lines.length === 0) return null
  return (
    <section class="card" aria-labelledby="carriers-title" data-testid="carriers">
      <h2 id="carriers-title">{texts.board.carriers}</h2>
      <ul class="carrier-lines">
        {lines.map((line) => (
          <Line key={`${line.carrier} ${line.channel}`} line={line} now={now} />
        ))}
      </ul>
    </section>
  )
}

function Line({ line, now }: { line: CarrierState; now: number }) {
  const { carrier, channel, state, since, reason, next, sent, failed, waiting, delay } = line
  const ok = state === 'ok'
  return (
    <li class={ok ? 'carrier-line' : 'carrier-line carrier-aside'}>
      <span class="carrier-name">
        <Icon name={ok ? 'check' : 'warning'} />
        {channelName(channel)} · {carrier}
      </span>
      <span class="quiet">{texts.board.carrierFigures(sent, failed, waiting)}</span>
      {!ok && (
        <p role="status">
          {texts.board.carrierAside(since ? formatMoment(since, now) : '', reason ?? '')}{' '}
          {next ? texts.board.carrierNext(next) : texts.board.carrierAlone}
          {state === 'probing' && ` ${texts.board.carrierProbing}`}
        </p>
      )}
      {delay && delay.now > delay.usual * SLOW && (
        <p>{texts.board.carrierSlow(formatEstimate(delay.now), formatEstimate(delay.usual))}</p>
      )}
    </li>
  )
}
