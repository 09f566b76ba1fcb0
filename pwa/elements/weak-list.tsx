import { useEffect, useRef, useState } from 'preact/hooks'
import type { WeaknessList } from '../../src/contract/trees.ts'
import { upkeep } from '../api/upkeep.ts'
import { formatNumber } from '../format.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { treeTexts } from '../texts-trees.ts'
import { Icon } from './icon.tsx'
import { ProblemNote } from './problem-note.tsx'
import { WeakEntry } from './weak-entry.tsx'

type Weakness = WeaknessList['items'][number]
type Code = Weakness['code']

const words = treeTexts.weak
const PAGE = 20
const SERIOUS: readonly Code[] = [
  'tree.cycle',
  'tree.removed_person',
  'person.unreachable',
  'tree.single_point',
  'tree.shared_address',
  'person.in_no_tree',
]

interface Props {
  /** Null for all trees and people. */
  tree: string | null
  /** Read anew when it changes. */
  version?: number
  mayEdit: boolean
  /** Something was mended. */
  onMended?(): void
}

/** Everything that is weak, by kind, the serious first; what can be mended is mended by one tap. */
export function WeakList({ tree, version, mayEdit, onMended }: Props) {
  const loaded = useLoad(tree ?? 'all', (signal) => upkeep.weaknesses(tree, signal))
  const [said, setSaid] = useState('')
  const [turn, setTurn] = useState(0)
  const seen = useRef(version)
  useEffect(() => {
    if (seen.current === version) return
    seen.current = version
    setTurn((before) => before + 1)
    loaded.reload()
  }, [version])
  const status = useRef<HTMLParagraphElement>(null)
  const counts = Object.entries(loaded.value?.counts ?? {}) as [Code, number][]
  const ordered = counts.toSorted(([left], [right]) => Number(SERIOUS.includes(right)) - Number(SERIOUS.includes(left)))
  const again = (words: string) => {
    setSaid(words)
    setTurn((before) => before + 1)
    loaded.reload()
    onMended?.()
    // What was tapped goes away: whoever listens goes on from what came of it.
    status.current?.focus()
  }
  return (
    <>
      <ProblemNote problem={loaded.problem} retry={loaded.reload} />
      {!loaded.value && loaded.busy && <p class="quiet">{texts.app.loading}</p>}
      <p
        ref={status}
        tabIndex={-1}
        class={said === '' ? 'visually-hidden' : 'note note-done'}
        role="status"
        data-testid="mended"
      >
        {said}
      </p>
      {loaded.value && counts.length === 0 && (
        <div class="nothing-weak" data-testid="nothing-weak">
          <p class="fine">
            <Icon name="check" />
            {words.nothing}
          </p>
          <p class="quiet">{words.nothingBody}</p>
        </div>
      )}
      <div class="cards">
        {ordered.map(([code, count], index) => (
          <Kind
            key={code}
            {...{ tree, code, count, mayEdit, turn }}
            first={index === 0}
            onMended={(label) => again(words.done(label))}
            onStale={() => again(words.stale)}
          />
        ))}
      </div>
    </>
  )
}

interface KindProps extends Omit<Props, 'onMended'> {
  code: Code
  count: number
  first: boolean
  /** Grows when something was mended. */
  turn: number
  onMended(label: string): void
  onStale(): void
}

function Kind({ tree, code, count, first, mayEdit, turn, onMended, onStale }: KindProps) {
  const [open, setOpen] = useState(first)
  const serious = SERIOUS.includes(code)
  return (
    <details
      class="card unfold"
      open={open}
      data-testid={`weak-${code}`}
      onToggle={(e) => setOpen(e.currentTarget.open)}
    >
      <summary>
        <strong>
          {words.code[code]} ({formatNumber(count)})
        </strong>
        <span class={`severity ${serious ? 'severity-severe' : ''}`}>{serious ? words.serious : words.minor}</span>
      </summary>
      {open && <OfKind {...{ tree, code, mayEdit, turn, onMended, onStale }} />}
    </details>
  )
}

function OfKind({ tree, code, mayEdit, turn, onMended, onStale }: Omit<KindProps, 'count' | 'first'>) {
  const [limit, setLimit] = useState(PAGE)
  const load = (signal: AbortSignal) => upkeep.weaknesses(tree, signal, { code, limit })
  const loaded = useLoad(`${tree} ${code} ${limit} ${turn}`, load)
  const before = useRef<Weakness[]>([])
  // The list stays in sight while it is read anew.
  if (loaded.value) before.current = loaded.value.items
  const total = loaded.value?.counts[code] ?? 0
  return (
    <>
      <ProblemNote problem={loaded.problem} retry={loaded.reload} />
      {before.current.length === 0 && loaded.busy && <p class="quiet">{texts.app.loading}</p>}
      <ul class="weak-list">
        {before.current.map((one) => (
          <WeakEntry
            key={`${one.tree?.id} ${one.person.id}`}
            weakness={one}
            {...{ mayEdit, onMended, onStale }}
            within={tree !== null}
          />
        ))}
      </ul>
      {loaded.value && total > limit && limit < 500 && (
        <button type="button" class="button wide" onClick={() => setLimit(Math.min(500, limit + 100))}>
          {texts.app.more(Math.min(100, total - limit))}
        </button>
      )}
    </>
  )
}
