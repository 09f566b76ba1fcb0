import type { Row } from '../state/grow-tree.ts'
import { people } from '../texts-people.ts'
import { treeTexts } from '../texts-trees.ts'
import { Icon } from './icon.tsx'

/** One person of the outline; a tap on the sign opens and closes, a tap on the name chooses. */
export function OutlineRow({
  row: { branch, level, place, of, open },
  stop,
  changed,
  onPress,
  onTurn,
  onChoose,
}: {
  row: Row
  stop: boolean
  changed: boolean
  onPress(event: KeyboardEvent): void
  onTurn(): void
  onChoose(): void
}) {
  const parent = branch.children.length > 0
  return (
    <div
      role="treeitem"
      class={`outline-row level-${Math.min(level, 8)}`}
      aria-level={level}
      aria-posinset={place}
      aria-setsize={of}
      aria-expanded={parent ? open : undefined}
      tabIndex={stop ? 0 : -1}
      data-person={branch.person}
      data-testid="tree-person"
      onKeyDown={onPress}
      onClick={onChoose}
    >
      {parent ? (
        <span
          class="outline-turn"
          aria-hidden="true"
          data-testid="turn"
          onClick={(event) => {
            event.stopPropagation()
            onTurn()
          }}
        >
          <Icon name="chevron" />
        </span>
      ) : (
        <span class="outline-turn" aria-hidden="true" />
      )}
      <span class="outline-words">
        <span class="outline-name">
          {branch.name} {changed && <span class="status status-changed">{treeTexts.changed}</span>}
        </span>
        {(parent || branch.deputies.length > 0) && (
          <span class="quiet">
            {[
              ...(parent ? [people(branch.below)] : []),
              ...(branch.deputies.length > 0 ? [treeTexts.deputies(branch.deputies.join(', '))] : []),
            ].join(' · ')}
          </span>
        )}
      </span>
    </div>
  )
}
