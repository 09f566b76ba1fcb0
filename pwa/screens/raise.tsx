import { useState } from 'preact/hooks'
import type { AlertView } from '../../src/contract/alerts.ts'
import { service } from '../api/service.ts'
import { writeRaiseCommand } from '../command-line.ts'
import { ConfirmRaise } from '../elements/confirm-raise.tsx'
import { OfflineRaise } from '../elements/offline-raise.tsx'
import { PendingRaises } from '../elements/pending-raises.tsx'
import { Preflight } from '../elements/preflight.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { KindChoice, TemplateChoice, TreeChoice } from '../elements/raise-choices.tsx'
import { Shell } from '../elements/shell.tsx'
import { findPending } from '../state/raise-once.ts'
import { likelyTrees, rankTemplates } from '../state/rank-templates.ts'
import { useContact } from '../state/use-contact.ts'
import { useLoad } from '../state/use-load.ts'
import { usePendingRaises } from '../state/use-pending-raises.ts'
import { usePreflight } from '../state/use-preflight.ts'
import { texts } from '../texts.ts'

/** Template, trees and kind on one page, with who would be reached, and one button that says exactly what it does. */
export function Raise({ query }: { query: URLSearchParams }) {
  const templates = useLoad('all', service.templates, { snapshot: 'templates' })
  const trees = useLoad('all', service.trees, { snapshot: 'trees' })
  const alerts = useLoad('all', service.alerts, { snapshot: 'alerts' })
  const [template, setTemplate] = useState(query.get('template'))
  const [chosen, setChosen] = useState<string[] | null>(query.has('tree') ? query.getAll('tree') : null)
  const [kind, setKind] = useState<AlertView['kind']>(query.get('kind') === 'live' ? 'live' : 'drill')
  const pending = usePendingRaises()
  const reachable = useContact()

  const known = alerts.value ?? (alerts.problem ? [] : null)
  const likely = template !== null && trees.value && known ? likelyTrees(template, trees.value, known) : []
  const picked = chosen ?? likely
  const draft = { template, trees: picked, kind }
  const preflight = usePreflight(draft)
  const selected = templates.value?.find((one) => one.id === template)
  const people = preflight.value?.people ?? null
  const names = picked.map((id) => trees.value?.find((tree) => tree.id === id)?.name ?? id)
  const same = template === null ? undefined : findPending(pending, { template, trees: picked, kind })
  return (
    <Shell
      title={texts.raise.title}
      back="/"
      actions={
        selected && (
          <ConfirmRaise
            reachable={reachable}
            draft={{ template: selected.id, trees: picked, kind }}
            template={selected.name}
            trees={names}
            people={preflight.busy ? null : people}
            unsure={same !== undefined}
          />
        )
      }
    >
      <PendingRaises pending={pending.filter((raise) => raise !== same)} alerts={alerts} />
      {!reachable && <OfflineRaise command={writeRaiseCommand(selected?.name, names, kind)} />}
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
