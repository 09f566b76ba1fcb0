import { useRef, useState } from 'preact/hooks'
import { fold } from '../state/recipient-view.ts'
import { treeTexts } from '../texts-trees.ts'

const SHOWN = 12

export interface Candidate {
  id: string
  name: string
  /** What tells people of one name apart. */
  hint: string
}

/** Somebody is found by typing and chosen by a tap, or by arrow keys and Enter. */
export function PickPerson({
  candidates,
  onPick,
}: {
  /** Null while they are being read. */
  candidates: readonly Candidate[] | null
  onPick(candidate: Candidate): void
}) {
  const [search, setSearch] = useState('')
  const list = useRef<HTMLUListElement>(null)
  const words = fold(search).split(/\s+/).filter(Boolean)
  const has = (text: string) => words.every((word) => fold(text).includes(word))
  // Whoever is called so comes before those who only have to do with them.
  const matching = (candidates ?? [])
    .filter(({ name, hint }) => has(`${name} ${hint}`))
    .sort((left, right) => Number(has(right.name)) - Number(has(left.name)))
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const next = buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step]
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  return (
    <search class="pick" onKeyDown={move}>
      <label class="field">
        <span>{treeTexts.place.search}</span>
        <input
          type="search"
          value={search}
          autocomplete="off"
          data-testid="pick-search"
          onInput={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [only] = matching
            if (event.key === 'Enter' && only && matching.length === 1) onPick(only)
          }}
        />
      </label>
      <p class="quiet" role="status">
        {candidates === null
          ? treeTexts.place.loading
          : matching.length === 0
            ? treeTexts.place.nobody
            : matching.length > SHOWN
              ? treeTexts.place.more
              : ''}
      </p>
      <ul class="found" ref={list}>
        {matching.slice(0, SHOWN).map((candidate) => (
          <li key={candidate.id}>
            <button type="button" class="found-person" onClick={() => onPick(candidate)}>
              <strong>{candidate.name}</strong>
              {candidate.hint !== '' && <span class="quiet">{candidate.hint}</span>}
            </button>
          </li>
        ))}
      </ul>
    </search>
  )
}
