import type { ComponentChildren } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { mayKeep } from '../access.ts'
import { Refused } from '../api/request.ts'
import { Dialog } from '../elements/dialog.tsx'
import { DraftList, SaveDraft } from '../elements/draft-list.tsx'
import { Empty } from '../elements/empty.tsx'
import { PickNewcomer } from '../elements/pick-anybody.tsx'
import { PlaceDialog } from '../elements/place-dialog.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { Shell } from '../elements/shell.tsx'
import { TreeChanges } from '../elements/tree-changes.tsx'
import { TreeOutline } from '../elements/tree-outline.tsx'
import { TreeVersions } from '../elements/tree-versions.tsx'
import { WeakList } from '../elements/weak-list.tsx'
import { type Branch, growTree } from '../state/grow-tree.ts'
import { useSession } from '../state/session.ts'
import { type TreeDraft, useTreeDraft } from '../state/use-tree-draft.ts'
import { texts } from '../texts.ts'
import { treeTexts } from '../texts-trees.ts'

/** One call tree: who calls whom, changed here and saved as one; what is weak in it, what has changed, and what it was. */
export function TreeScreen({ id }: { id: string }) {
  const mayEdit = mayKeep(useSession().session.account.role)
  const draft = useTreeDraft(id)
  const { loaded, base } = draft
  if (loaded.problem instanceof Refused && loaded.problem.status === 404) {
    return (
      <Shell title={treeTexts.unknown} back="/trees">
        <p>{texts.board.unknownBody}</p>
      </Shell>
    )
  }
  return (
    <Shell
      title={base?.name ?? texts.app.loading}
      back="/trees"
      asOf={loaded.at}
      actions={draft.steps.length > 0 && <SaveDraft draft={draft} />}
    >
      <ProblemNote problem={loaded.problem} retry={loaded.reload} />
      {base && (
        <div class="columns board-columns">
          <div class="column">
            <p class="quiet" data-testid="tree-summary">
              {treeTexts.summary(draft.nodes.length, base.version)}
            </p>
            <DraftList draft={draft} />
            <Editor draft={draft} name={base.name} mayEdit={mayEdit} />
          </div>
          <div class="column">
            <Part title={treeTexts.weak.title} testId="tree-weak">
              {mayEdit && draft.steps.length > 0 && <p class="quiet">{treeTexts.weak.unsaved}</p>}
              <WeakList
                version={base.version}
                tree={id}
                mayEdit={mayEdit && draft.steps.length === 0}
                onMended={loaded.reload}
              />
            </Part>
            <Part title={treeTexts.changes.title} testId="since-drill">
              <TreeChanges key={base.version} tree={id} from="last_drill" />
            </Part>
            <Part title={treeTexts.versions.title} testId="versions">
              <TreeVersions
                {...{ tree: id, version: base.version, mayEdit }}
                unsaved={draft.steps.length > 0}
                onBack={loaded.reload}
              />
            </Part>
          </div>
        </div>
      )}
    </Shell>
  )
}

function Editor({ draft, name, mayEdit }: { draft: TreeDraft; name: string; mayEdit: boolean }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const [adding, setAdding] = useState(false)
  const { nodes, nameOf, steps } = draft
  const tops = useMemo(() => growTree(nodes, nameOf), [nodes, nameOf])
  const changed = useMemo(() => new Set(steps.flatMap(({ edit }) => edit?.person ?? [])), [steps])
  const branch = chosen === null ? null : findBranch(tops, chosen)
  return (
    <section aria-label={treeTexts.tree(name)} class="editor">
      <p class="quiet">
        {mayEdit ? treeTexts.intro : treeTexts.introLook} <span class="keys">{treeTexts.keys}</span>
      </p>
      {nodes.length === 0 && <Empty icon="tree" title={treeTexts.place.nobody} body="" />}
      {nodes.length > 0 && (
        <TreeOutline name={name} tops={tops} changed={changed} onChoose={({ person }) => setChosen(person)} />
      )}
      {mayEdit && (
        <button type="button" class="button" onClick={() => setAdding(true)}>
          {treeTexts.addTop}
        </button>
      )}
      {branch && <PlaceDialog {...{ draft, branch, mayEdit }} onClose={() => setChosen(null)} />}
      {adding && (
        <Dialog title={treeTexts.place.addTitle(null)} onClose={() => setAdding(false)}>
          <PickNewcomer draft={draft} parent={null} onDone={() => setAdding(false)} />
          <button type="button" class="button" onClick={() => setAdding(false)}>
            {texts.app.back}
          </button>
        </Dialog>
      )}
    </section>
  )
}

/** A part of the page that asks the service only when it is opened. */
function Part({ title, testId, children }: { title: string; testId: string; children: ComponentChildren }) {
  const [open, setOpen] = useState(false)
  return (
    <details
      class="card unfold"
      data-testid={testId}
      onToggle={(event) => event.target === event.currentTarget && setOpen(event.currentTarget.open)}
    >
      <summary>
        <h2>{title}</h2>
      </summary>
      {open && children}
    </details>
  )
}

function findBranch(tops: readonly Branch[], wanted: string): Branch | null {
  const order = [...tops]
  for (const branch of order) {
    if (branch.person === wanted) return branch
    order.push(...branch.children)
  }
  return null
}
