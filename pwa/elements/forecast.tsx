import type { Forecast } from '../../src/contract/forecast.ts'
import { formatEstimate, formatMoney } from '../format.ts'
import { texts } from '../texts.ts'
import { channelName } from './unclear-list.tsx'

/** How fast the alert would reach people, what holds the last of them up, and what it may cost. */
export function ForecastList({ forecast }: { forecast: Forecast }) {
  const { seconds, bottleneck, carriers, cost, messagesPerPerson } = forecast
  const times =
    seconds &&
    ([
      ['half', seconds.half],
      ['ninety', seconds.ninety],
      ['all', seconds.all],
    ] as const)
  if (carriers.length === 0) return null
  return (
    <div class="forecast" data-testid="forecast">
      {times && (
        <>
          <h3 class="label">{texts.raise.firstMessage}</h3>
          <dl class="forecast-times">
            {times.map(([part, time]) => (
              <div key={part}>
                <dt>{texts.raise.part[part]}</dt>
                <dd>{time < 1 ? texts.raise.atOnce : formatEstimate(time)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {bottleneck && <p class="note">{bottleneck}</p>}
      <details>
        <summary>{cost ? texts.raise.costs(formatMoney(cost.total, cost.currency)) : texts.raise.byCarrier}</summary>
        <ul class="forecast-carriers">
          {carriers.map((one) => (
            <li key={`${one.carrier} ${one.channel}`}>
              <span>
                {channelName(one.channel)} · {one.carrier}
              </span>
              <span class="quiet">
                {texts.raise.upToMessages(one.messages)}
                {one.perSecond !== null && `, ${texts.raise.perSecond(one.perSecond)}`}
                {one.cost !== null && cost && `, ${formatMoney(one.cost, cost.currency)}`}
              </span>
            </li>
          ))}
        </ul>
        <p class="quiet">{texts.raise.ifNobodyAnswers(messagesPerPerson)}</p>
      </details>
    </div>
  )
}
