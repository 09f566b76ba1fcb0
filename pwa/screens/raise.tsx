import { useEffect, useMemo, useState } from 'preact/hooks'
import type { AlertView } from '../../src/contract/alerts.ts'
import { Unreachable } from '../api/request.ts'
import { service } from '../api/service.ts'
import { HoldButton } from '../elements/hold-button.tsx'
import { OfflineRaise } from '../elements/offline-raise.tsx'
import { Preflight } from '../elements/preflight.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { KindChoice, TemplateChoice, TreeChoice } from '../elements/raise-choices.tsx'
import { Shell } from '../elements/shell.tsx'
import { navigate } from '../state/navigation.ts'
import { likelyTrees, rankTemplates } from '../state/rank-templates.ts'
import { useAction } from '../state/use-action.ts'
import { useContact } from '../state/use-contact.ts'
import { useLoad } from '../state/use-load.ts'
import { usePreflight } from '../state/use-preflight.ts'
import { texts } from '../texts.ts'

/** Template, trees and kind on one page, with who would be reached, and one button that says exactly what it does. */
export function Raise({ template: wanted }: { template: string | null }) {
  const templates = useLoad('all', service.templates, { snapshot: 'templates' })
  const trees = useLoad('all', service.trees, { snapshot: 'trees' })
  const alerts = useLoad('all', service.alerts, { snapshot: 'alerts' })
  const [template, setTemplate] = useState(wanted)
  const [chosen, setChosen] = useState<string[] | null>(null)
  const [kind, setKind] = useState<AlertView['kind']>('drill')
  const reachable = useContact()

  const known = alerts.value ?? (alerts.problem ? [] : null)
  const likely = template !== null && trees.value && known ? likelyTrees(template, trees.value, known) : []
  const picked = chosen ?? likely
  const draft = { template, trees: picked, kind }
  const preflight = usePreflight(draft)
  const selected = templates.value?.find((one) => one.id === template)
  const people = preflight.value?.people ?? null
  return (
    <Shell
      title={texts.raise.title}
      back="/"
      actions={
        reachable &&
        selected && (
          <Confirm
            key={JSON.stringify(draft)}
            template={selected.id}
            trees={picked}
            kind={kind}
            people={preflight.busy ? null : people}
          />
        )
      }
    >
      {!reachable && <OfflineRaise />}
      <div class="columns">
        <div class="column">
          <KindChoice kind={kind} onKind={setKind} />
          <ProblemNote problem={templates.problem ?? trees.problem} retry={templates.reload} />
          <TemplateChoice
            templates={rankTemplates(templates.value ?? [], alerts.value ?? [])}
            selected={selected ?? null}
            onSelect={setTemplate}
          />
          <TreeChoice
            trees={trees.value}
            picked={picked}
            asLastTime={chosen === null && picked.length > 0 && (trees.value?.length ?? 0) > 1}
            onPick={setChosen}
          />
        </div>
        <div class="column">
          <Preflight preflight={preflight} template={selected ?? null} waitingForTree={picked.length === 0} />
        </div>
      </div>
    </Shell>
  )
}

interface ConfirmProps {
  template: string
  trees: readonly string[]
  kind: AlertView['kind']
  /** How many; null while it is not known. */
  people: number | null
}

/** The last tap. One key per draft, so that a double tap or a second try raises one alert. */
function Confirm({ template, trees, kind, people }: ConfirmProps) {
  const idempotencyKey = useMemo(() => crypto.randomUUID(), [])
  const action = useAction()
  const [raised, setRaised] = useState<string | null>(null)
  useEffect(() => {
    if (raised !== null) navigate(`/alerts/${raised}`, { replace: true })
  }, [raised])
  const raise = () =>
    void action.run(async () => {
      const alert = await service.raise({ template, trees: [...trees], kind }, idempotencyKey)
      setRaised(alert.id)
    })
  const count = people ?? 0
  const disabled = action.busy || raised !== null || people === null || people === 0
  const label = kind === 'live' ? texts.raise.raiseLive(count) : texts.raise.raiseDrill(count)
  const shown = action.busy ? texts.raise.raising : people === null ? waitingWords(trees) : label
  return (
    <div class="confirm">
      {action.problem instanceof Unreachable ? (
        <p class="note note-problem" role="alert" data-testid="problem">
          {texts.raise.unknown}
        </p>
      ) : (
        <ProblemNote problem={action.problem} />
      )}
      {kind === 'live' ? (
        <HoldButton
          label={shown}
          disabled={disabled}
          confirmTitle={texts.raise.confirmTitle(count)}
          confirmBody={texts.raise.confirmBody}
          onHeld={raise}
        />
      ) : (
        <button type="button" class="button primary drill" disabled={disabled} data-testid="raise" onClick={raise}>
          {shown}
        </button>
      )}
      {action.busy && <progress aria-label={texts.raise.raising} />}
    </div>
  )
}

function waitingWords(trees: readonly string[]): string {
  return trees.length === 0 ? texts.raise.chooseTree : texts.raise.checking
}
