import { useState } from 'preact/hooks'
import type { WaitingRemoval } from '../../src/contract/people.ts'
import { service } from '../api/service.ts'
import { formatMoment } from '../format.ts'
import { useAction } from '../state/use-action.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { prepareTexts } from '../texts-prepare.ts'
import { Dialog } from './dialog.tsx'
import { ProblemNote } from './problem-note.tsx'

const SHOWN = 20

interface Props {
  /** Whether the viewer may decide; others only see that it waits. */
  mayDecide: boolean
  onDecided(): void
}

interface Question {
  outcome: 'confirm' | 'reject'
  removals: readonly WaitingRemoval[]
}

/** Whom a directory wanted to take out; they stay reachable until somebody has decided here. */
export function Removals({ mayDecide, onDecided }: Props) {
  const waiting = useLoad('removals', service.removals)
  const [question, setQuestion] = useState<Question | null>(null)
  const [all, setAll] = useState(false)
  const words = prepareTexts.removals
  const removals = waiting.value ?? []
  if (removals.length === 0) return <ProblemNote problem={waiting.problem} retry={waiting.reload} />
  const choices = (chosen: readonly WaitingRemoval[], small: boolean) =>
    mayDecide &&
    (['reject', 'confirm'] as const).map((outcome) => (
      <button
        key={outcome}
        type="button"
        class={small ? 'button small' : 'button'}
        onClick={() => setQuestion({ outcome, removals: chosen })}
      >
        {small ? words.one[outcome] : words.all[outcome](chosen.length)}
      </button>
    ))
  return (
    <section class="card unclear" aria-labelledby="removals-title" data-testid="removals">
      <h2 id="removals-title">{words.title(removals.length)}</h2>
      <p>{words.explain}</p>
      {removals.length > 1 && mayDecide && <div class="dialog-actions">{choices(removals, false)}</div>}
      <ul>
        {removals.slice(0, all ? removals.length : SHOWN).map((removal) => (
          <li key={removal.id}>
            <p class="unclear-from">
              <strong>{removal.person.name}</strong>
              <span>{words.why(words.how[removal.how], formatMoment(removal.at, Date.now()))}</span>
            </p>
            <p class="unclear-reason">{words.reason[removal.reason]}</p>
            {choices([removal], true)}
          </li>
        ))}
      </ul>
      {!all && removals.length > SHOWN && (
        <button type="button" class="button wide" onClick={() => setAll(true)}>
          {texts.app.more(removals.length - SHOWN)}
        </button>
      )}
      {question && (
        <Decide
          question={question}
          onClose={() => setQuestion(null)}
          onDecided={() => {
            setQuestion(null)
            waiting.reload()
            onDecided()
          }}
        />
      )}
    </section>
  )
}

function Decide({ question, onClose, onDecided }: { question: Question; onClose(): void; onDecided(): void }) {
  const action = useAction()
  const { outcome, removals } = question
  const words = prepareTexts.removals.ask[outcome]
  const decide = async () => {
    // Only whom the viewer has seen: more may have been proposed meanwhile.
    const done = await action.run(() =>
      service.decideRemovals(
        outcome,
        removals.map(({ person }) => person.id),
      ),
    )
    if (done) onDecided()
  }
  return (
    <Dialog title={words.title(removals.length)} onClose={onClose}>
      <p>{words.body}</p>
      <ProblemNote problem={action.problem} />
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          {texts.app.back}
        </button>
        <button type="button" class="button primary" disabled={action.busy} onClick={() => void decide()}>
          {words.yes(removals.length)}
        </button>
      </div>
    </Dialog>
  )
}
