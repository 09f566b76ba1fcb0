import { useState } from 'preact/hooks'
import { formatNumber } from '../format.ts'
import type { Branch } from '../state/grow-tree.ts'
import { fold } from '../state/recipient-view.ts'
import { treeTexts } from '../texts-trees.ts'

const FOUND = 8

/** Somebody is looked for by name, and led to. */
export function FindInTree({ tops, onFound }: { tops: readonly Branch[]; onFound(branch: Branch): void }) {
  const [search, setSearch] = useState('')
  const found = search.trim() === '' ? [] : findBranches(tops, search)
  return (
    <search class="find">
      <label class="field search">
        <span>{treeTexts.find}</span>
        <input
          type="search"
          value={search}
          autocomplete="off"
          data-testid="find"
          onInput={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !found[0]) return
            setSearch('')
            onFound(found[0])
          }}
        />
      </label>
      <p class="quiet" role="status">
        {search.trim() !== '' && treeTexts.found(found.length)}
      </p>
      <ul class="found">
        {found.slice(0, FOUND).map((branch) => (
          <li key={branch.person}>
            <button
              type="button"
              class="found-person"
              onClick={() => {
                setSearch('')
                onFound(branch)
              }}
            >
              <strong>{branch.name}</strong>
              {branch.parent && <span class="quiet">{treeTexts.place.calledBy(branch.parent.name)}</span>}
            </button>
          </li>
        ))}
      </ul>
      {found.length > FOUND && (
        <p class="quiet">{`${formatNumber(FOUND)} / ${formatNumber(found.length)}. ${treeTexts.place.more}`}</p>
      )}
    </search>
  )
}

function findBranches(tops: readonly Branch[], search: string): Branch[] {
  const words = fold(search).split(/\s+/).filter(Boolean)
  const found: Branch[] = []
  const order = [...tops]
  for (const branch of order) {
    const name = fold(branch.name)
    if (words.every((word) => name.includes(word))) found.push(branch)
    order.push(...branch.children)
  }
  return found
}
