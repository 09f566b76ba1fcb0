import { service } from '../api/service.ts'
import { useLoad } from '../state/use-load.ts'
import type { TreeDraft } from '../state/use-tree-draft.ts'
import { type Candidate, PickPerson } from './pick-person.tsx'
import { ProblemNote } from './problem-note.tsx'

/** Who is added to the tree, below somebody or at the top. */
export function PickNewcomer({ draft, parent, onDone }: { draft: TreeDraft; parent: string | null; onDone(): void }) {
  const there = new Set(draft.nodes.map(({ person }) => person))
  return (
    <PickAnybody
      leaveOut={there}
      onPick={({ id, name }) => {
        draft.meet(id, name)
        draft.wish({ act: 'add', person: id, parent })
        onDone()
      }}
    />
  )
}

/** Somebody of all people there are, also of those in no tree. */
export function PickAnybody({ leaveOut, onPick }: { leaveOut: ReadonlySet<string>; onPick(one: Candidate): void }) {
  const everybody = useLoad('all', service.people)
  const candidates = everybody.value
    ?.filter(({ id }) => !leaveOut.has(id))
    .map(({ id, name, duty, groups }) => ({ id, name, hint: [duty, ...groups].filter(Boolean).join(' · ') }))
  return (
    <>
      <ProblemNote problem={everybody.problem} retry={everybody.reload} />
      <PickPerson candidates={candidates ?? null} onPick={onPick} />
    </>
  )
}
