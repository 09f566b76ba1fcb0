import { useState } from 'preact/hooks'
import type { TreeVersionView } from '../../src/contract/history.ts'
import { upkeep } from '../api/upkeep.ts'
import { formatMoment } from '../format.ts'
import { useAction } from '../state/use-action.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { people } from '../texts-people.ts'
import { treeTexts } from '../texts-trees.ts'
import { Dialog } from './dialog.tsx'
import { ProblemNote } from './problem-note.tsx'
import { TreeChanges } from './tree-changes.tsx'

const words = treeTexts.versions
const PAGE = 20

interface Props {
  tree: string
  /** The version that is looked at. */
  version: number
  mayEdit: boolean
  /** Whether something is not saved: it must not be lost by going back. */
  unsaved: boolean
  onBack(): void
}

/** What the tree was, and the way back to it. */
export function TreeVersions({ tree, version, mayEdit, unsaved, onBack }: Props) {
  const [limit, setLimit] = useState(PAGE)
  const [asked, setAsked] = useState<TreeVersionView | null>(null)
  const [compared, setCompared] = useState<number | null>(null)
  const loaded = useLoad(`${tree} ${version} ${limit}`, (signal) => upkeep.treeVersions(tree, limit, signal))
  return (
    <>
      <ProblemNote problem={loaded.problem} retry={loaded.reload} />
      {!loaded.value && loaded.busy && <p class="quiet">{texts.app.loading}</p>}
      <ul class="versions">
        {(loaded.value?.items ?? []).map((one) => (
          <li key={one.version} data-testid="version">
            <p>
              <strong>{words.version(one.version)}</strong>{' '}
              <span class="quiet">
                {people(one.people)} · {words.by(formatMoment(one.at, Date.now()), one.by)}
              </span>
            </p>
            {one.version === version ? (
              <p class="quiet">{words.now}</p>
            ) : (
              <div class="caution-actions">
                <button
                  type="button"
                  class="button small"
                  aria-label={words.compareOf(one.version)}
                  aria-expanded={compared === one.version}
                  onClick={() => setCompared(compared === one.version ? null : one.version)}
                >
                  {words.compare}
                </button>
                {mayEdit && (
                  <button
                    type="button"
                    class="button small"
                    aria-label={words.backOf(one.version)}
                    onClick={() => setAsked(one)}
                  >
                    {words.back}
                  </button>
                )}
              </div>
            )}
            {compared === one.version && <TreeChanges tree={tree} from={one.version} />}
          </li>
        ))}
      </ul>
      {loaded.value?.nextCursor != null && limit < 500 && (
        <button type="button" class="button small" onClick={() => setLimit(Math.min(500, limit + 100))}>
          {texts.app.more(100)}
        </button>
      )}
      {asked && (
        <BringBack
          {...{ tree, version, unsaved, asked }}
          onClose={() => setAsked(null)}
          onBack={() => {
            setAsked(null)
            onBack()
          }}
        />
      )}
    </>
  )
}

function BringBack({
  tree,
  version,
  unsaved,
  asked,
  onClose,
  onBack,
}: Omit<Props, 'mayEdit'> & { asked: TreeVersionView; onClose(): void }) {
  const action = useAction()
  const bring = async () => {
    if (await action.run(async () => void (await upkeep.restoreTree(tree, version, asked.version)))) onBack()
  }
  return (
    <Dialog title={words.backTitle(asked.version)} onClose={onClose}>
      <p>{unsaved ? words.unsaved : words.backBody(asked.people)}</p>
      <ProblemNote problem={action.problem} />
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          {texts.app.back}
        </button>
        {!unsaved && (
          <button type="button" class="button primary" disabled={action.busy} onClick={() => void bring()}>
            {words.back}
          </button>
        )}
      </div>
    </Dialog>
  )
}
