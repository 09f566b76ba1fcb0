import type { TreeSummary } from '../../src/contract/trees.ts'
import { mayKeep } from '../access.ts'
import { service } from '../api/service.ts'
import { Empty } from '../elements/empty.tsx'
import { Icon } from '../elements/icon.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { Shell } from '../elements/shell.tsx'
import { useSession } from '../state/session.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { people } from '../texts-people.ts'
import { prepareTexts } from '../texts-prepare.ts'

/** The call trees, each with a page of its own, and the way to what is weak about all. */
export function Trees() {
  const { role } = useSession().session.account
  const trees = useLoad('all', service.trees)
  return (
    <Shell title={prepareTexts.treesScreen.title} asOf={trees.at}>
      <ProblemNote problem={trees.problem} retry={trees.reload} />
      {!trees.value && trees.busy && <p class="quiet">{texts.app.loading}</p>}
      {trees.value?.length === 0 && (
        <Empty icon="tree" title={prepareTexts.treesScreen.empty} body={prepareTexts.treesScreen.emptyBody}>
          {mayKeep(role) && (
            <a class="button primary wide" href="/people/import">
              {prepareTexts.peopleScreen.import}
            </a>
          )}
        </Empty>
      )}
      {trees.value && <WeakLink />}
      <div class="cards">
        {(trees.value ?? []).map((tree) => (
          <TreeCard key={tree.id} tree={tree} />
        ))}
      </div>
    </Shell>
  )
}

function TreeCard({ tree }: { tree: TreeSummary }) {
  return (
    <a class="card card-link" href={`/trees/${tree.id}`} data-testid="tree">
      <span>
        <strong>{tree.name}</strong>
        <span class="quiet">
          {people(tree.people)} · {prepareTexts.treesScreen.version(tree.version)}
        </span>
      </span>
      <Icon name="chevron" />
    </a>
  )
}

/** The way to what is weak; how much it is comes with it. */
function WeakLink() {
  const weak = useLoad('weak', (signal) => service.weakCounts(signal))
  const counts = Object.values(weak.value?.counts ?? {})
  return (
    <a class="card card-link" href="/trees/weak" data-testid="weak-link">
      <span>
        <strong>{prepareTexts.treesScreen.weak}</strong>
        {weak.value && (
          <span class="quiet">{prepareTexts.treesScreen.weakCount(counts.reduce((sum, count) => sum + count, 0))}</span>
        )}
      </span>
      <Icon name="chevron" />
    </a>
  )
}
