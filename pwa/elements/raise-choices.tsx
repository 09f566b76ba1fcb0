import { useState } from 'preact/hooks'
import type { AlertView } from '../../src/contract/alerts.ts'
import type { TemplateView } from '../../src/contract/templates.ts'
import type { TreeSummary } from '../../src/contract/trees.ts'
import { texts } from '../texts.ts'
import { Icon } from './icon.tsx'

interface TemplateProps {
  templates: readonly TemplateView[]
  selected: TemplateView | null
  onSelect(id: string): void
}

/** One template; once it is chosen, the others are out of the way. */
export function TemplateChoice({ templates, selected, onSelect }: TemplateProps) {
  const [changing, setChanging] = useState(false)
  if (selected && !changing) {
    return (
      <section class="card chosen" aria-labelledby="template-title">
        <h2 id="template-title" class="label">
          {texts.raise.template}
        </h2>
        <p class="chosen-name">{selected.name}</p>
        <button type="button" class="button small" onClick={() => setChanging(true)}>
          {texts.raise.change}
          <span class="visually-hidden"> {texts.raise.template}</span>
        </button>
      </section>
    )
  }
  return (
    <fieldset class="card choices">
      <legend>{texts.raise.chooseTemplate}</legend>
      {templates.map((template) => (
        <label key={template.id} class="choice">
          <input
            type="radio"
            name="template"
            checked={selected?.id === template.id}
            onClick={() => setChanging(false)}
            onChange={() => onSelect(template.id)}
          />
          <span>
            {template.name}{' '}
            <span class={`severity severity-${template.severity}`}>{texts.severity[template.severity]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

interface TreeProps {
  trees: readonly TreeSummary[] | null
  picked: readonly string[]
  asLastTime: boolean
  onPick(ids: string[]): void
}

/** One or more trees. */
export function TreeChoice({ trees, picked, asLastTime, onPick }: TreeProps) {
  const toggle = (id: string) => onPick(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id])
  return (
    <fieldset class="card choices">
      <legend>{texts.raise.trees}</legend>
      {trees === null && <p class="quiet">{texts.app.loading}</p>}
      {trees?.length === 0 && (
        <p>
          {texts.home.noTrees} <a href="/people/import">{texts.home.importPeople}</a>
        </p>
      )}
      {(trees ?? []).map((tree) => (
        <label key={tree.id} class="choice">
          <input type="checkbox" checked={picked.includes(tree.id)} onChange={() => toggle(tree.id)} />
          <span>
            {tree.name} <span class="quiet">{texts.raise.people(tree.people)}</span>
          </span>
        </label>
      ))}
      {asLastTime && <p class="quiet">{texts.raise.asLastTime}</p>}
    </fieldset>
  )
}

interface KindProps {
  kind: AlertView['kind']
  onKind(kind: AlertView['kind']): void
}

/** Drill or live: two halves that cannot be confused, drill first. */
export function KindChoice({ kind, onKind }: KindProps) {
  return (
    <fieldset class="kinds">
      <legend>{texts.raise.kind}</legend>
      <div class="kind-pair">
        {(['drill', 'live'] as const).map((one) => (
          <label key={one} class={`kind-choice kind-${one}`}>
            <input type="radio" name="kind" value={one} checked={kind === one} onChange={() => onKind(one)} />
            <span class="kind-words">
              <strong>
                <Icon name={one} />
                {texts.raise[one]}
              </strong>
              <span>{one === 'live' ? texts.raise.liveHint : texts.raise.drillHint}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
