import type { ComponentChildren } from 'preact'
import type { TreeComparison } from '../../src/contract/trees.ts'
import { Refused } from '../api/request.ts'
import { upkeep } from '../api/upkeep.ts'
import { formatNumber } from '../format.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { treeTexts } from '../texts-trees.ts'
import { ProblemNote } from './problem-note.tsx'

const SHOWN = 100
const words = treeTexts.changes

/** What is different in a tree since one of its versions, or since the last drill. */
export function TreeChanges({ tree, from }: { tree: string; from: number | 'last_drill' }) {
  const loaded = useLoad(`${tree} ${from}`, (signal) => upkeep.treeChanges(tree, from, signal))
  const changes = loaded.value
  if (!changes) {
    if (loaded.problem instanceof Refused && loaded.problem.code === 'tree.never_drilled') {
      return <p class="quiet">{loaded.problem.message}</p>
    }
    if (loaded.problem) return <ProblemNote problem={loaded.problem} retry={loaded.reload} />
    return <p class="quiet">{texts.app.loading}</p>
  }
  const { joined, left, moved, deputies } = changes
  const none = joined.length + left.length + moved.length + deputies.length === 0
  const place = (parent: { name: string } | null) => words.under(parent?.name ?? null)
  const names = (people: readonly { name: string }[]) =>
    people.length === 0 ? words.nobody : people.map(({ name }) => name).join(', ')
  return (
    <div class="changes" data-testid="changes">
      <p class="quiet">{words.between(changes.from, changes.to)}</p>
      {none && <p>{words.none}</p>}
      <Part title={words.joined} items={joined} say={({ parent }) => place(parent)} />
      <Part title={words.left} items={left} say={({ parent }) => place(parent)} />
      <Part title={words.moved} items={moved} say={({ from, to }) => words.from(place(from), place(to))} />
      <Part title={words.deputies} items={deputies} say={({ from, to }) => words.from(names(from), names(to))} />
    </div>
  )
}

function Part<
  Item extends TreeComparison['left'][number] | TreeComparison['moved'][number] | TreeComparison['deputies'][number],
>({ title, items, say }: { title: string; items: readonly Item[]; say(item: Item): ComponentChildren }) {
  if (items.length === 0) return null
  return (
    <section>
      <h3>
        {title} ({formatNumber(items.length)})
      </h3>
      <ul>
        {items.slice(0, SHOWN).map((item) => (
          <li key={item.person}>
            <strong>{item.name}</strong> <span class="quiet">{say(item)}</span>
          </li>
        ))}
      </ul>
      {items.length > SHOWN && <p class="quiet">{texts.app.more(items.length - SHOWN)}</p>}
    </section>
  )
}
