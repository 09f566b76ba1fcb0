import { useState } from 'preact/hooks'
import type { Branch } from '../state/grow-tree.ts'
import type { TreeDraft } from '../state/use-tree-draft.ts'
import { texts } from '../texts.ts'
import { treeTexts } from '../texts-trees.ts'
import { Dialog } from './dialog.tsx'
import { PickAnybody, PickNewcomer } from './pick-anybody.tsx'
import { type Candidate, PickPerson } from './pick-person.tsx'
import { deputiesOf, Place, type PlaceStep } from './place.tsx'

const words = treeTexts.place

interface Props {
  draft: TreeDraft
  branch: Branch
  mayEdit: boolean
  onClose(): void
}

/** Where somebody stands in a tree, and what can be changed about it; nothing is saved here. */
export function PlaceDialog({ draft, branch, mayEdit, onClose }: Props) {
  const [step, setStep] = useState<PlaceStep>('look')
  const { person, name } = branch
  const done = (wish: Parameters<TreeDraft['wish']>[0]) => {
    draft.wish(wish)
    onClose()
  }
  const titles: Record<PlaceStep, string> = {
    look: name,
    move: words.moveTitle(name),
    deputy: words.deputyTitle(name),
    below: words.addTitle(name),
    out: words.outTitle(name),
  }
  return (
    <Dialog key={step} title={titles[step]} onClose={onClose}>
      {step === 'look' && <Place {...{ draft, branch, mayEdit }} onStep={setStep} />}
      {step === 'move' && (
        <>
          {branch.parent && (
            <button type="button" class="button" onClick={() => done({ act: 'move', person, parent: null })}>
              {words.toTop}
            </button>
          )}
          <PickPerson
            candidates={inTree(draft, branch)}
            onPick={({ id }) => done({ act: 'move', person, parent: id })}
          />
        </>
      )}
      {step === 'deputy' && (
        <PickAnybody
          leaveOut={new Set([person, ...deputiesOf(draft, person)])}
          onPick={(one) => {
            draft.meet(one.id, one.name)
            done({ act: 'add_deputy', person, deputy: one.id })
          }}
        />
      )}
      {step === 'below' && <PickNewcomer draft={draft} parent={person} onDone={onClose} />}
      {step === 'out' && <TakeOut branch={branch} onYes={() => done({ act: 'remove', person })} />}
      <button type="button" class="button" onClick={step === 'look' ? onClose : () => setStep('look')}>
        {step === 'look' ? words.done : texts.app.back}
      </button>
    </Dialog>
  )
}

function TakeOut({ branch: { name, children, parent }, onYes }: { branch: Branch; onYes(): void }) {
  return (
    <>
      <p>
        {children.length === 0 ? words.outAlone(name) : words.outBelow(name, children.length, parent?.name ?? null)}{' '}
        {words.outKept}
      </p>
      <button type="button" class="button primary" data-testid="take-out" onClick={onYes}>
        {words.outYes}
      </button>
    </>
  )
}

/** Whoever may call somebody: everyone in the tree who is not below them. */
function inTree(draft: TreeDraft, branch: Branch): Candidate[] {
  const own = new Set<string>()
  const order = [branch]
  for (const one of order) {
    own.add(one.person)
    order.push(...one.children)
  }
  return draft.nodes
    .filter(({ person }) => !own.has(person) && person !== branch.parent?.person)
    .map(({ person, name, parent }) => ({
      id: person,
      name,
      hint: parent === null ? '' : words.calledBy(draft.nameOf(parent)),
    }))
}
