import type { AlertView, MyAlert } from '../../src/contract/alerts.ts'
import type { TemplateView } from '../../src/contract/templates.ts'
import { mayKeep, mayRaise, seesOthers } from '../access.ts'
import { service } from '../api/service.ts'
import { EndedRow, RunningCard } from '../elements/alert-card.tsx'
import { AnswerPanel } from '../elements/answer-panel.tsx'
import { DeviceCard } from '../elements/device-card.tsx'
import { Icon } from '../elements/icon.tsx'
import { KindMark } from '../elements/kind-mark.tsx'
import { CallsToMake } from '../elements/my-cards.tsx'
import { PendingRaises } from '../elements/pending-raises.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { Shell } from '../elements/shell.tsx'
import { formatMoment } from '../format.ts'
import { rankTemplates } from '../state/rank-templates.ts'
import { useSession } from '../state/session.ts'
import { type Loaded, useLoad } from '../state/use-load.ts'
import { useNow } from '../state/use-now.ts'
import { usePendingRaises } from '../state/use-pending-raises.ts'
import { texts } from '../texts.ts'

const LIKELY = 3
const OFTEN = 10_000

/** What is asked of me, what runs, and the way to raise an alert. */
export function Home() {
  const { role } = useSession().session.account
  const now = useNow(30_000)
  const mine = useLoad('all', (signal) => service.myAlerts(signal), { snapshot: 'mine', every: OFTEN })
  const alerts = useLoad(seesOthers(role) ? 'all' : null, service.alerts, { snapshot: 'alerts', every: OFTEN })
  const pending = usePendingRaises()
  const running = (alerts.value ?? []).filter((alert) => alert.state === 'open').toSorted(byUrgency)
  const ended = (alerts.value ?? []).filter((alert) => alert.state !== 'open').slice(0, 8)
  return (
    <Shell title={texts.home.title} hideTitle asOf={alerts.at ?? mine.at}>
      <div class="columns">
        <div class="column">
          <CallsToMake />
          <PendingRaises pending={pending} alerts={alerts} />
          <ProblemNote problem={mine.problem ?? alerts.problem} retry={mine.reload} />
          <Mine mine={mine} now={now} quiet={!seesOthers(role)} />
          {seesOthers(role) && (
            <section aria-labelledby="running-title">
              <h2 id="running-title">{texts.home.running}</h2>
              {alerts.value && running.length === 0 && <p class="quiet">{texts.home.noneRunning}</p>}
              {!alerts.value && alerts.busy && <p class="quiet">{texts.app.loading}</p>}
              <ul class="cards">
                {running.map((alert) => (
                  <RunningCard key={alert.id} alert={alert} now={now} />
                ))}
              </ul>
            </section>
          )}
        </div>
        <div class="column">
          {mayRaise(role) && <Raise alerts={alerts.value ?? []} />}
          {ended.length > 0 && (
            <section aria-labelledby="ended-title">
              <h2 id="ended-title">{texts.home.ended}</h2>
              <ul class="card ended-list">
                {ended.map((alert) => (
                  <EndedRow key={alert.id} alert={alert} now={now} />
                ))}
              </ul>
            </section>
          )}
          <DeviceCard />
        </div>
      </div>
    </Shell>
  )
}

function byUrgency(a: AlertView, b: AlertView): number {
  return Number(b.kind === 'live') - Number(a.kind === 'live') || b.raisedAt.localeCompare(a.raisedAt)
}

function Mine({ mine, now, quiet }: { mine: Loaded<MyAlert[]>; now: number; quiet: boolean }) {
  const open = (mine.value ?? [])
    .filter((alert) => alert.state === 'open')
    .toSorted(
      (a, b) => Number(a.response !== null) - Number(b.response !== null) || b.raisedAt.localeCompare(a.raisedAt),
    )
  if (open.length === 0) {
    if (!quiet || !mine.value) return null
    return (
      <section class="empty">
        <Icon name="bell" />
        <h2>{texts.home.quiet}</h2>
        <p>{texts.home.quietMore}</p>
      </section>
    )
  }
  return (
    <section aria-labelledby="mine-title">
      <h2 id="mine-title">{texts.home.forYou}</h2>
      <ul class="cards">
        {open.map((alert) => (
          <li key={alert.id} class={`card mine alert-${alert.kind}`}>
            <p class="alert-card-top">
              <KindMark kind={alert.kind} />
              <span class="quiet">{texts.mine.from(alert.organisation, formatMoment(alert.raisedAt, now))}</span>
            </p>
            <h3>
              <a href={`/my/${alert.id}`}>{alert.title}</a>
            </h3>
            <p class="mine-body">{alert.body}</p>
            <AnswerPanel alert={alert} onAnswered={mine.reload} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Raise({ alerts }: { alerts: AlertView[] }) {
  const { role } = useSession().session.account
  const templates = useLoad('all', service.templates, { snapshot: 'templates' })
  const trees = useLoad('all', service.trees, { snapshot: 'trees' })
  const ranked = rankTemplates(templates.value ?? [], alerts)
  const nobody = trees.value?.length === 0
  return (
    <section aria-labelledby="raise-title">
      <h2 id="raise-title">{texts.home.raise}</h2>
      <ProblemNote problem={templates.value ? null : templates.problem} retry={templates.reload} />
      {!templates.value && templates.busy && <p class="quiet">{texts.app.loading}</p>}
      {templates.value?.length === 0 && <p class="quiet">{texts.home.noTemplates}</p>}
      {nobody && (
        <p class="note">
          {texts.home.noTrees} {mayKeep(role) && <a href="/people/import">{texts.home.importPeople}</a>}
        </p>
      )}
      <ul class="raise-buttons">
        {ranked.slice(0, LIKELY).map((template) => (
          <RaiseButton key={template.id} template={template} />
        ))}
      </ul>
      {ranked.length > LIKELY && (
        <details class="more-templates">
          <summary>{texts.home.allTemplates(ranked.length - LIKELY)}</summary>
          <ul class="raise-buttons">
            {ranked.slice(LIKELY).map((template) => (
              <RaiseButton key={template.id} template={template} />
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function RaiseButton({ template }: { template: TemplateView }) {
  return (
    <li>
      <a class="raise-button" href={`/raise?template=${template.id}`} data-testid="raise-template">
        <span class={`severity severity-${template.severity}`}>{texts.severity[template.severity]}</span>
        <strong>{template.name}</strong>
        <Icon name="chevron" />
      </a>
    </li>
  )
}
