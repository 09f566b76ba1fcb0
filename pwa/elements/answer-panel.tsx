import { useState } from 'preact/hooks'
import type { MyAlert } from '../../src/contract/alerts.ts'
import { formatMoment } from '../format.ts'
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

type Sending = { response: string; outcome: 'sending' | 'sent' | 'kept' | 'refused' }

/** The answers as large buttons; after one is chosen, what became of it. */
export function AnswerPanel({ alert, onAnswered }: Props) {
  const [sending, setSending] = useState<Sending | null>(null)
  const [changing, setChanging] = useState(false)
  const answer = useAnswer()
  const given = sending?.response ?? alert.response
  const choose = async (response: string) => {
    setSending({ response, outcome: 'sending' })
    setChanging(false)
    const outcome = await answer(alert.id, response, labelOf(alert, response))
    setSending({ response, outcome })
    if (outcome !== 'kept') onAnswered()
  }
  const asking = given === null || changing || sending?.outcome === 'refused'
  return (
    <div class="answers">
      {given !== null && <AnswerState alert={alert} sending={sending} />}
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

function AnswerState({ alert, sending }: { alert: MyAlert; sending: Sending | null }) {
  const now = useNow(60_000)
  const label = labelOf(alert, sending?.response ?? alert.response)
  if (sending?.outcome === 'sending') return <p class="answer-state">{texts.mine.sending}</p>
  if (sending?.outcome === 'kept') return <p class="answer-state kept">{texts.mine.kept(label)}</p>
  if (sending?.outcome === 'refused') return <p class="answer-state kept">{workerTexts.refused(label)}</p>
  const at = sending || alert.acknowledgedAt === null ? new Date(now).toISOString() : alert.acknowledgedAt
  return (
    <p class="answer-state done" role="status" data-testid="answered">
      <Icon name="check" />
      {texts.mine.recorded(label, formatMoment(at, now))}
    </p>
  )
}
