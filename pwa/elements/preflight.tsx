import type { PreflightResult } from '../../src/contract/alerts.ts'
import type { TemplateView } from '../../src/contract/templates.ts'
import { formatNumber, parseDuration } from '../format.ts'
import type { Loaded } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { ForecastList } from './forecast.tsx'
import { Icon } from './icon.tsx'
import { ProblemNote } from './problem-note.tsx'
import { StrategyLine } from './strategy-line.tsx'
import { channelName } from './unclear-list.tsx'

const NAMED = 5

interface Props {
  preflight: Loaded<PreflightResult>
  template: TemplateView | null
  waitingForTree: boolean
}

/** Who would be reached and how, and everything that would go wrong, before anything leaves. */
export function Preflight({ preflight, template, waitingForTree }: Props) {
  const result = preflight.value
  return (
    <>
      <section class="card preflight" aria-labelledby="preflight-title" aria-live="polite" data-testid="preflight">
        <h2 id="preflight-title" class="label">
          {texts.raise.preflight}
        </h2>
        <ProblemNote problem={preflight.problem} retry={preflight.reload} />
        {waitingForTree && <p class="quiet">{texts.raise.chooseTree}</p>}
        {!waitingForTree && preflight.busy && <p class="quiet">{texts.raise.checking}</p>}
        {result && !preflight.busy && <Reach result={result} />}
      </section>
      {template && <Message template={template} />}
    </>
  )
}

function Reach({ result }: { result: PreflightResult }) {
  const lost = result.withoutContactPoint
  const fine =
    result.people > 0 && lost.length === 0 && result.warnings.length === 0 && result.missingLanguages.length === 0
  return (
    <>
      <p class="reach" data-testid="preflight-people">
        {result.people === 0 ? texts.raise.nobody : texts.raise.reach(result.people)}
      </p>
      <ul class="reach-channels">
        {Object.entries(result.byChannel).map(([channel, count]) => (
          <li key={channel}>
            <span>{channelName(channel)}</span>
            <strong>{formatNumber(count)}</strong>
            <svg viewBox="0 0 1000 6" width="100%" height="6" preserveAspectRatio="none" aria-hidden="true">
              <rect class="reach-part" width={result.people === 0 ? 0 : (count / result.people) * 1000} height="6" />
            </svg>
          </li>
        ))}
      </ul>
      <ForecastList forecast={result.forecast} />
      {lost.length > 0 && (
        <details class="note note-problem" open={lost.length <= NAMED}>
          <summary>{texts.raise.withoutContact(lost.length)}</summary>
          <p>{lost.map((one) => one.name).join(', ')}</p>
        </details>
      )}
      {result.missingLanguages.length > 0 && (
        <p class="note">{texts.raise.missingLanguages(result.missingLanguages.map(languageName).join(', '))}</p>
      )}
      {result.warnings.length > 0 && (
        <div class="note">
          <ul>
            {result.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </div>
      )}
      {fine && (
        <p class="fine">
          <Icon name="check" />
          {texts.raise.allClear}
        </p>
      )}
    </>
  )
}

function Message({ template }: { template: TemplateView }) {
  const [language, text] =
    Object.entries(template.texts).find(([code]) => code === 'en') ?? Object.entries(template.texts)[0] ?? []
  return (
    <section class="card" aria-labelledby="message-title">
      <h2 id="message-title" class="label">
        {texts.raise.message}
      </h2>
      <p class="message-title" lang={language}>
        {text?.title}
      </p>
      <p class="message-body" lang={language}>
        {text?.body}
      </p>
      <h3 class="label">{texts.raise.plan}</h3>
      <PlanList plan={template.plan} />
      <StrategyLine spread={template} />
    </section>
  )
}

/** The steps of a channel plan. */
export function PlanList({ plan }: { plan: TemplateView['plan'] }) {
  return (
    <ol class="plan">
      {plan.map((step) => {
        const after = parseDuration(step.after) ?? 0
        return (
          <li key={step.after + step.channels.join()}>
            <span class="plan-when">{after === 0 ? texts.raise.atOnce : texts.raise.after(after)}</span>
            <span>{step.channels.map(channelName).join(', ')}</span>
          </li>
        )
      })}
    </ol>
  )
}

/** A language by its name, such as "French". */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}
