import { useEffect, useRef, useState } from 'preact/hooks'
import { type Branch, listRows, type Row } from '../state/grow-tree.ts'
import { readKey } from '../state/read-tree-key.ts'
import { texts } from '../texts.ts'
import { treeTexts } from '../texts-trees.ts'
import { FindInTree } from './find-in-tree.tsx'
import { OutlineRow } from './outline-row.tsx'

/** Below this level branches are closed until somebody opens them. */
const OPEN_LEVELS = 1
const PAGE = 200

interface Props {
  name: string
  tops: readonly Branch[]
  /** Whoever is touched by a change that is not saved. */
  changed: ReadonlySet<string>
  onChoose(branch: Branch): void
}

/** A tree as a list that opens and closes, by key and touch; only what is open is drawn, some hundreds of lines at a time. */
export function TreeOutline({ name, tops, changed, onChoose }: Props) {
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const [at, setAt] = useState<string | null>(null)
  const [limit, setLimit] = useState(PAGE)
  const wanted = useRef<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const rows = listRows(tops, (branch, level) => level <= OPEN_LEVELS !== turned.has(branch.person))
  const shown = rows.slice(0, limit)
  const stop = shown.some(({ branch }) => branch.person === at) ? at : shown[0]?.branch.person
  useEffect(() => {
    if (wanted.current === null) return
    const row = list.current?.querySelector<HTMLElement>(`[data-person="${CSS.escape(wanted.current)}"]`)
    if (!row) return
    wanted.current = null
    row.focus({ preventScroll: true })
    row.scrollIntoView({ block: 'nearest' })
  })
  const go = (person: string | undefined) => {
    if (person === undefined) return
    wanted.current = person
    setAt(person)
    // At once where the line is drawn: the next key may come before the next drawing.
    list.current?.querySelector<HTMLElement>(`[data-person="${CSS.escape(person)}"]`)?.focus({ preventScroll: true })
  }
  const turn = (person: string) => {
    const next = new Set(turned)
    if (!next.delete(person)) next.add(person)
    setTurned(next)
  }
  /** Opens everybody above, and the page on which the person stands. */
  const jump = (target: Branch) => {
    const next = new Set(turned)
    const above = pathTo(target)
    above.forEach((branch, index) => {
      const open = index + 1 <= OPEN_LEVELS !== next.has(branch.person)
      if (!open && !next.delete(branch.person)) next.add(branch.person)
    })
    const after = listRows(tops, (branch, level) => level <= OPEN_LEVELS !== next.has(branch.person))
    setTurned(next)
    setLimit(Math.max(limit, after.findIndex(({ branch }) => branch === target) + 1))
    go(target.person)
  }
  const press = (event: KeyboardEvent, row: Row, index: number) => {
    const act = readKey(event, row, index, shown)
    if (!act) return
    event.preventDefault()
    if (act === 'turn') turn(row.branch.person)
    else if (act === 'choose') onChoose(row.branch)
    else go(act.to)
  }
  return (
    <>
      <FindInTree tops={tops} onFound={jump} />
      <div ref={list} class="outline card" role="tree" aria-label={treeTexts.tree(name)} data-testid="outline">
        {shown.map((row, index) => (
          <OutlineRow
            key={row.branch.person}
            row={row}
            stop={row.branch.person === stop}
            changed={changed.has(row.branch.person)}
            onPress={(event) => press(event, row, index)}
            onTurn={() => turn(row.branch.person)}
            onChoose={() => {
              setAt(row.branch.person)
              onChoose(row.branch)
            }}
          />
        ))}
      </div>
      {rows.length > limit && (
        <button type="button" class="button wide" onClick={() => setLimit(limit + PAGE)}>
          {texts.app.more(Math.min(PAGE, rows.length - limit))}
        </button>
      )}
    </>
  )
}

/** Everybody above, from the top down. */
function pathTo(branch: Branch): Branch[] {
  const path: Branch[] = []
  for (let above = branch.parent; above !== null; above = above.parent) path.unshift(above)
  return path
}
