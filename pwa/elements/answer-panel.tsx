import { useEffect, useState } from 'preact/hooks'
import type { MyAlert } from '../../src/contract/alerts.ts'
import { formatMoment } from '../format.ts'
import type { Outcome } from '../offline/answer-queue.ts'
import { orderByDigit } from '../state/recipient-view.ts'
import { useAnswer } from '../state/use-answers.ts'
import { useNow } from '../state/use-now.ts'
import { texts, workerTexts } from '../texts.ts'
import { Icon } from './icon.tsx'
import { labelOf } from './responses.tsx'

interface Props {
  alert: MyAlert
  onAnswered(): void
}

type Given = { response: string; outcome: 'sending' | Outcome }

/** The answers as large buttons; after one is chosen, what became of it. */
export function AnswerPanel({ alert, onAnswered }: Props) {
  const [last, setLast] = useState<Given | null>(null)
  const [changing, setChanging] = useState(false)
  const settle = (response: string, outcome: Outcome) => {
    setLast({ response, outcome })
    if (outcome === 'sent') onAnswered()
  }
  const { kept, answer } = useAnswer(alert.id, (one, outcome) => settle(one.body.response, outcome))
  // Once the service shows the alert anew, its word counts, not what was last sent from here.
  useEffect(() => setLast((now) => (now?.outcome === 'sent' ? null : now)), [alert])
  const choose = async (response: string) => {
    setLast({ response, outcome: 'sending' })
    setChanging(false)
    settle(response, await answer(response, labelOf(alert, response)))
  }
  const failed = last?.outcome === 'refused' || last?.outcome === 'lost'
  const given: Given | null =
    last && last.outcome !== 'kept'
      ? last
      : kept
        ? { response: kept.body.response, outcome: 'kept' }
        : alert.response === null
          ? null
          : { response: alert.response, outcome: 'sent' }
  const asking = given === null || changing || failed
  return (
    <div class="answers">
      {given !== null && <AnswerState alert={alert} given={given} fresh={last !== null} />}
      {asking && alert.state === 'open' && (
        <fieldset class="answer-buttons" aria-label={texts.mine.answer}>
          {orderByDigit(alert.responseOptions).map((option) => (
            <button
              key={option.code}
              type="button"
              class={option.needsHelp ? 'button answer help' : 'button answer'}
              data-testid={`answer-${option.code}`}
              onClick={() => void choose(option.code)}
            >
              {option.needsHelp && <Icon name="help" />}
              {option.label}
            </button>
          ))}
        </fieldset>
      )}
      {!asking && alert.state === 'open' && (
        <button type="button" class="link" onClick={() => setChanging(true)}>
          {texts.mine.change}
        </button>
      )}
    </div>
  )
}

function AnswerState({ alert, given, fresh }: { alert: MyAlert; given: Given; fresh: boolean }) {
  const now = useNow(60_000)
  const label = labelOf(alert, given.response)
  if (given.outcome === 'sending') return <p class="answer-state">{texts.mine.sending}</p>
  if (given.outcome !== 'sent') {
    const words = given.outcome === 'kept' ? texts.mine.kept(label) : workerTexts[given.outcome](label)
    return (
      <p class="answer-state kept" role="status" data-testid={`answer-is-${given.outcome}`}>
        {words}
      </p>
    )
  }
  const at = fresh || alert.acknowledgedAt === null ? new Date(now).toISOString() : alert.acknowledgedAt
  return (
    <p class="answer-state done" role="status" data-testid="answered">
      <Icon name="check" />
      {texts.mine.recorded(label, formatMoment(at, now))}
    </p>
  )
}
