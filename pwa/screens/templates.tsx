import type { TemplateView } from '../../src/contract/templates.ts'
import { mayRaise } from '../access.ts'
import { service } from '../api/service.ts'
import { Empty } from '../elements/empty.tsx'
import { languageName, PlanList } from '../elements/preflight.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { Shell } from '../elements/shell.tsx'
import { StrategyLine } from '../elements/strategy-line.tsx'
import { formatLength, parseDuration } from '../format.ts'
import { orderByDigit } from '../state/recipient-view.ts'
import { useSession } from '../state/session.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { prepareTexts } from '../texts-prepare.ts'

/** The prepared texts, each to be unfolded. */
export function Templates() {
  const templates = useLoad('all', service.templates, { snapshot: 'templates' })
  return (
    <Shell title={prepareTexts.templatesScreen.title} asOf={templates.at}>
      <ProblemNote problem={templates.problem} retry={templates.reload} />
      {!templates.value && templates.busy && <p class="quiet">{texts.app.loading}</p>}
      {templates.value?.length === 0 && (
        <Empty
          icon="template"
          title={prepareTexts.templatesScreen.empty}
          body={prepareTexts.templatesScreen.emptyBody}
        />
      )}
      <div class="cards">
        {(templates.value ?? []).map((template) => (
          <TemplateCard key={template.id} template={template} />
        ))}
      </div>
    </Shell>
  )
}

function TemplateCard({ template }: { template: TemplateView }) {
  const { role } = useSession().session.account
  const lifetime = parseDuration(template.lifetime)
  return (
    <details class="card unfold" data-testid="template">
      <summary>
        <strong>{template.name}</strong>
        <span class={`severity severity-${template.severity}`}>{texts.severity[template.severity]}</span>
      </summary>
      <h2 class="label">{prepareTexts.templatesScreen.languages}</h2>
      {Object.entries(template.texts).map(([code, text]) => (
        <div key={code} class="template-text">
          <span class="quiet">{languageName(code)}</span>
          <p class="message-title" lang={code}>
            {text.title}
          </p>
          <p class="message-body" lang={code}>
            {text.body}
          </p>
        </div>
      ))}
      <h2 class="label">{prepareTexts.templatesScreen.plan}</h2>
      <PlanList plan={template.plan} />
      <StrategyLine spread={template} />
      <h2 class="label">{prepareTexts.templatesScreen.responses}</h2>
      <ol class="options">
        {orderByDigit(template.responses).map((option) => (
          <li key={option.code}>
            <kbd>{option.digit}</kbd> {option.label.en ?? Object.values(option.label)[0]}
            {option.needsHelp && <span class="status status-failing">{prepareTexts.templatesScreen.needsHelp}</span>}
          </li>
        ))}
      </ol>
      {lifetime !== null && <p class="quiet">{prepareTexts.templatesScreen.lifetime(formatLength(lifetime))}</p>}
      {mayRaise(role) && (
        <a class="button" href={`/raise?template=${template.id}`}>
          {prepareTexts.templatesScreen.raise}
        </a>
      )}
    </details>
  )
}
