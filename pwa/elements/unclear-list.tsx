import { useState } from 'preact/hooks'
import type { UnclearAnswer } from '../../src/contract/alerts.ts'
import { service } from '../api/service.ts'
import { formatMoment } from '../format.ts'
import { useAction } from '../state/use-action.ts'
import { texts } from '../texts.ts'
import { ProblemNote } from './problem-note.tsx'

interface Props {
  alert: string
  answers: readonly UnclearAnswer[]
  now: number
  onSettled(): void
}

/** Answers that no machine could read, whole, for a human. */
export function UnclearList({ alert, answers, now, onSettled }: Props) {
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set())
  const action = useAction()
  const open = answers.filter((answer) => !settled.has(answer.id))
  if (open.length === 0) return null
  const settle = (id: string) =>
    action.run(async () => {
      await service.settle(alert, id)
      setSettled((before) => new Set(before).add(id))
      onSettled()
    })
  return (
    <section class="card unclear" aria-labelledby="unclear-title" data-testid="unclear">
      <h2 id="unclear-title">{texts.board.unclearTitle(open.length)}</h2>
      <ProblemNote problem={action.problem} />
      <ul>
        {open.map((answer) => (
          <li key={answer.id}>
            <p class="unclear-from">
              <strong>{answer.name ?? texts.board.unknownSender}</strong>
              <span>
                {texts.board.unclearFrom(answer.from, channelName(answer.channel), formatMoment(answer.at, now))}
              </span>
            </p>
            <blockquote>{answer.text}</blockquote>
            {answer.times > 1 && <p class="unclear-reason">{texts.board.unclearTimes(answer.times)}</p>}
            <p class="unclear-reason">{answer.reason}</p>
            <button type="button" class="button small" disabled={action.busy} onClick={() => void settle(answer.id)}>
              {texts.board.markRead}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function channelName(channel: string): string {
  return texts.channel[channel] ?? channel
}
