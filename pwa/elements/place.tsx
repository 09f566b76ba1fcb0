import { useEffect } from 'preact/hooks'
import { service } from '../api/service.ts'
import type { Branch } from '../state/grow-tree.ts'
import type { TreeDraft } from '../state/use-tree-draft.ts'
import { treeTexts } from '../texts-trees.ts'

const words = treeTexts.place

export type PlaceStep = 'look' | 'move' | 'deputy' | 'below' | 'out'

interface Props {
  draft: TreeDraft
  branch: Branch
  mayEdit: boolean
  onStep(step: PlaceStep): void
}

/** Who calls somebody, whom they call, who stands in; and the ways to change it. */
export function Place({ draft, branch, mayEdit, onStep }: Props) {
  const { person, name, parent, children, below } = branch
  const deputies = deputiesOf(draft, person)
  useNames(draft, deputies)
  return (
    <>
      <div>
        <p>{parent ? words.calledBy(parent.name) : words.top}</p>
        <p>{words.calls(children.length, below)}</p>
      </div>
      <section aria-label={words.deputies}>
        <h3>{words.deputies}</h3>
        {deputies.length === 0 && <p class="quiet">{words.noDeputy}</p>}
        <ul class="deputies">
          {deputies.map((deputy) => (
            <li key={deputy}>
              <span>{draft.nameOf(deputy)}</span>
              {mayEdit && (
                <button
                  type="button"
                  class="button small"
                  aria-label={words.dropDeputyOf(draft.nameOf(deputy))}
                  onClick={() => draft.wish({ act: 'remove_deputy', person, deputy })}
                >
                  {words.dropDeputy}
                </button>
              )}
            </li>
          ))}
        </ul>
      </section>
      {mayEdit && (
        <div class="acts">
          <button type="button" class="button" onClick={() => onStep('move')}>
            {words.move}
          </button>
          <button type="button" class="button" onClick={() => onStep('deputy')}>
            {words.addDeputy}
          </button>
          <button type="button" class="button" onClick={() => onStep('below')}>
            {words.below}
          </button>
          <button type="button" class="button" onClick={() => onStep('out')}>
            {words.out}
          </button>
        </div>
      )}
      <a class="link" href={`/people/${person}`} aria-label={`${words.person}: ${name}`}>
        {words.person}
      </a>
    </>
  )
}

/** Who stands in for somebody, the changes that are not saved included. */
export function deputiesOf({ nodes }: TreeDraft, wanted: string): string[] {
  return nodes.find(({ person }) => person === wanted)?.deputies ?? []
}

/** Reads the names of deputies who have no place in the tree. */
function useNames(draft: TreeDraft, people: readonly string[]): void {
  const unknown = people.filter((person) => draft.nameOf(person) === treeTexts.gone)
  useEffect(() => {
    const stop = new AbortController()
    for (const id of unknown) {
      service.person(id, stop.signal).then(
        ({ name }) => draft.meet(id, name),
        // Whoever was taken out has no name to be read any more.
        () => undefined,
      )
    }
    return () => stop.abort()
  }, [unknown.join()])
}
