import { useMemo, useState } from 'preact/hooks'
import type { TreeSummary } from '../../src/contract/trees.ts'
import { mayImport } from '../access.ts'
import { service } from '../api/service.ts'
import { Empty } from '../elements/empty.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { Shell } from '../elements/shell.tsx'
import { type Branch, growTree } from '../state/grow-tree.ts'
import { useSession } from '../state/session.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { people } from '../texts-people.ts'
import { prepareTexts } from '../texts-prepare.ts'

const PAGE = 100

/** The call trees, each to be unfolded. */
export function Trees() {
  const { role } = useSession().session.account
  const trees = useLoad('all', service.trees)
  return (
    <Shell title={prepareTexts.treesScreen.title} asOf={trees.at}>
      <ProblemNote problem={trees.problem} retry={trees.reload} />
      {!trees.value && trees.busy && <p class="quiet">{texts.app.loading}</p>}
      {trees.value?.length === 0 && (
        <Empty icon="tree" title={prepareTexts.treesScreen.empty} body={prepareTexts.treesScreen.emptyBody}>
          {mayImport(role) && (
            <a class="button primary wide" href="/people/import">
              {prepareTexts.peopleScreen.import}
            </a>
          )}
        </Empty>
      )}
      <div class="cards">
        {(trees.value ?? []).map((tree) => (
          <TreeCard key={tree.id} tree={tree} />
        ))}
      </div>
    </Shell>
  )
}

function TreeCard({ tree }: { tree: TreeSummary }) {
  const [open, setOpen] = useState(false)
  return (
    <details class="card unfold" data-testid="tree" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <strong>{tree.name}</strong>
        <span class="quiet">
          {people(tree.people)} · {prepareTexts.treesScreen.version(tree.version)}
        </span>
      </summary>
      {open && <TreeBody id={tree.id} />}
    </details>
  )
}

function TreeBody({ id }: { id: string }) {
  const tree = useLoad(id, (signal) => service.tree(id, signal))
  const tops = useMemo(() => growTree(tree.value?.nodes ?? [], prepareTexts.treesScreen.nobody), [tree.value])
  return (
    <>
      <ProblemNote problem={tree.problem} retry={tree.reload} />
      {!tree.value && tree.busy && <p class="quiet">{texts.app.loading}</p>}
      <Branches branches={tops} depth={0} />
    </>
  )
}

function Branches({ branches, depth }: { branches: readonly Branch[]; depth: number }) {
  const [limit, setLimit] = useState(PAGE)
  return (
    <>
      <ul class="branches">
        {branches.slice(0, limit).map((branch) => (
          <li key={branch.person}>
            <BranchRow branch={branch} depth={depth} />
          </li>
        ))}
      </ul>
      {branches.length > limit && (
        <button type="button" class="button small" onClick={() => setLimit(limit + PAGE)}>
          {texts.app.more(Math.min(PAGE, branches.length - limit))}
        </button>
      )}
    </>
  )
}

function BranchRow({ branch, depth }: { branch: Branch; depth: number }) {
  const [open, setOpen] = useState(depth < 1)
  const deputies = branch.deputies.length > 0 && (
    <span class="quiet branch-deputies">{prepareTexts.treesScreen.deputies(branch.deputies.join(', '))}</span>
  )
  if (branch.children.length === 0) {
    return (
      <p class="branch leaf">
        {branch.name} {deputies}
      </p>
    )
  }
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="branch">
        <strong>{branch.name}</strong> <span class="quiet">{people(branch.below)}</span> {deputies}
      </summary>
      {open && <Branches branches={branch.children} depth={depth + 1} />}
    </details>
  )
}
