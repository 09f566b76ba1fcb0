import type { WeaknessList } from '../../src/contract/trees.ts'
import { Refused } from '../api/request.ts'
import { upkeep } from '../api/upkeep.ts'
import { useAction } from '../state/use-action.ts'
import { treeTexts } from '../texts-trees.ts'
import { ProblemNote } from './problem-note.tsx'

type Weakness = WeaknessList['items'][number]

const words = treeTexts.weak

interface Props {
  weakness: Weakness
  /** Whether the list is of one tree, which need not be named then. */
  within: boolean
  mayEdit: boolean
  onMended(label: string): void
  /** Somebody else saved the tree meanwhile. */
  onStale(): void
}

/** One weakness, why it is one, and what mends it. */
export function WeakEntry({ weakness, within, mayEdit, onMended, onStale }: Props) {
  const action = useAction()
  const { tree, person, mends, reason } = weakness
  const mend = async ({ label, edits }: Extract<Weakness['mends'][number], { edits: unknown }>) => {
    if (!tree) return
    let stale = false
    const done = await action.run(async () => {
      try {
        await upkeep.editTree(tree.id, tree.version, edits)
      } catch (error) {
        if (!(error instanceof Refused && error.status === 412)) throw error
        stale = true
      }
    })
    if (stale) onStale()
    else if (done) onMended(label)
  }
  return (
    <li data-testid="weakness">
      <p>
        {reason} {tree && !within && <span class="quiet">{words.in(tree.name)}</span>}
      </p>
      <ProblemNote problem={action.problem} />
      <div class="caution-actions">
        {mends.map((one) =>
          'person' in one ? (
            <a key={one.label} class="button small" href={`/people/${one.person}`}>
              {mayEdit ? one.label : words.toPerson(person.name)}
            </a>
          ) : (
            mayEdit && (
              <button
                key={one.label}
                type="button"
                class="button small"
                disabled={action.busy}
                onClick={() => void mend(one)}
              >
                {action.busy ? words.busy : one.label}
              </button>
            )
          ),
        )}
        {mends.length === 0 && hasPage(weakness) && (
          <a class="button small" href={`/people/${person.id}`}>
            {words.toPerson(person.name)}
          </a>
        )}
      </div>
    </li>
  )
}

/** Whoever was taken out has no page to be led to. */
function hasPage(weakness: Weakness): boolean {
  return weakness.code !== 'tree.removed_person'
}
