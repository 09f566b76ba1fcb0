import { useState } from 'preact/hooks'
import { Refused } from '../api/request.ts'
import { upkeep } from '../api/upkeep.ts'
import { formatMoment } from '../format.ts'
import type { Step } from '../state/tree-draft.ts'
import { useLoad } from '../state/use-load.ts'
import type { TreeDraft } from '../state/use-tree-draft.ts'
import { texts } from '../texts.ts'
import { treeTexts } from '../texts-trees.ts'
import { Dialog } from './dialog.tsx'
import { Icon } from './icon.tsx'
import { ProblemNote } from './problem-note.tsx'
import { TreeChanges } from './tree-changes.tsx'

const words = treeTexts.draft

/** What was changed and is not saved, in sentences, and what can be done about it. */
export function DraftList({ draft }: { draft: TreeDraft }) {
  const [asking, setAsking] = useState(false)
  const { steps, saving, newer } = draft
  const stale = saving.problem instanceof Refused && saving.problem.status === 412
  if (steps.length === 0) {
    return (
      <p class={draft.savedAs === null ? '' : 'note note-done'} role="status" data-testid="saved">
        {draft.savedAs !== null && (
          <>
            <Icon name="check" />
            {words.saved(draft.savedAs)}
          </>
        )}
      </p>
    )
  }
  return (
    <section class="card draft" aria-labelledby="draft-title" data-testid="draft">
      <h2 id="draft-title">{words.title(steps.length)}</h2>
      {newer && draft.base && <Conflict draft={draft} seen={draft.base.version} />}
      <ProblemNote problem={stale && newer ? null : saving.problem} />
      <ol class="draft-steps">
        {steps.map((step, index) => (
          <li key={index}>
            {step.words}
            {sayState(step)}
          </li>
        ))}
      </ol>
      <div class="caution-actions">
        <button type="button" class="button small" disabled={saving.busy} onClick={draft.undo}>
          {words.undo}
        </button>
        {steps.some(({ refused }) => refused !== null) && (
          <button type="button" class="button small" onClick={draft.leaveOutRefused}>
            {words.leaveOut}
          </button>
        )}
        <button type="button" class="button small" disabled={saving.busy} onClick={() => setAsking(true)}>
          {words.discard}
        </button>
      </div>
      {asking && (
        <Dialog title={words.discardTitle(steps.length)} onClose={() => setAsking(false)}>
          <p>{words.discardBody}</p>
          <div class="dialog-actions">
            <button type="button" class="button" onClick={() => setAsking(false)}>
              {texts.app.back}
            </button>
            <button type="button" class="button primary" onClick={draft.discard}>
              {words.discard}
            </button>
          </div>
        </Dialog>
      )}
    </section>
  )
}

/** The one button that saves, within reach of the thumb. */
export function SaveDraft({ draft: { steps, saving, newer, save } }: { draft: TreeDraft }) {
  if (steps.length === 0) return null
  const cannot = newer !== null || steps.some(({ refused }) => refused !== null)
  return (
    <button
      type="button"
      class="button primary wide"
      disabled={saving.busy || cannot}
      data-testid="save"
      onClick={() => void save()}
    >
      {saving.busy ? words.saving : words.save(steps.length)}
    </button>
  )
}

function sayState({ edit, refused }: Step) {
  if (refused !== null) return <span class="attempt-error"> ({treeTexts.step.refused(refused)})</span>
  return edit === null && <span class="quiet"> ({treeTexts.step.already})</span>
}

/** That somebody else saved the tree, who it was and what they changed; nothing of one's own is lost. */
function Conflict({ draft, seen }: { draft: TreeDraft; seen: number }) {
  const id = draft.base?.id ?? ''
  const newest = useLoad(`${id} ${draft.newer?.version}`, (signal) => upkeep.treeVersions(id, 1, signal))
  const [latest] = newest.value?.items ?? []
  const said = treeTexts.conflict
  return (
    <div class="card caution" role="alert" data-testid="conflict">
      <h3>{said.title}</h3>
      <p>
        {latest && said.who(latest.version, latest.by, formatMoment(latest.at, Date.now()))}{' '}
        {said.kept(draft.steps.length)}
      </p>
      <details class="conflict-theirs">
        <summary>{said.theirs}</summary>
        <TreeChanges tree={id} from={seen} />
      </details>
      <button type="button" class="button" onClick={draft.rebase}>
        {said.look}
      </button>
    </div>
  )
}
