import { useState } from 'preact/hooks'
import type { AlertView, RecipientView } from '../../src/contract/alerts.ts'
import { mayRaise } from '../access.ts'
import { service } from '../api/service.ts'
import { useSession } from '../state/session.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { prepareTexts } from '../texts-prepare.ts'
import { Icon } from './icon.tsx'
import { RecordAnswer } from './record-answer.tsx'
import { channelName } from './unclear-list.tsx'

interface Props {
  id: string
  alert: AlertView
  recipient: RecipientView
}

/** Numbers to call, everything that was sent with what became of it, and the way to record an answer. */
export function RecipientDetail({ id, alert, recipient }: Props) {
  const [recording, setRecording] = useState(false)
  const { session } = useSession()
  const commands = mayRaise(session.account.role)
  return (
    <div class="recipient-detail" id={id}>
      {commands && <Numbers person={recipient.person} />}
      {recipient.reason !== undefined && <p data-testid="reason">{recipient.reason}</p>}
      <h3>{texts.board.deliveries}</h3>
      {recipient.deliveries.length === 0 && <p class="quiet">{texts.board.noDeliveries}</p>}
      <ul class="deliveries">
        {recipient.deliveries.map((delivery) => (
          <li key={delivery.id}>
            <p>
              <b>{channelName(delivery.channel)}</b> · {texts.board.step(delivery.step)}
              {purposeName(delivery)} · {stateName(delivery.state)}
            </p>
            <ul class="attempts">
              {delivery.attempts.map((attempt) => (
                <li key={attempt.id}>
                  {attempt.carrier}: {stateName(attempt.state)}
                  {attempt.error && <span class="attempt-error"> ({attempt.error})</span>}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {commands && (
        <button type="button" class="button small" onClick={() => setRecording(true)}>
          {texts.board.record}
        </button>
      )}
      {recording && <RecordAnswer alert={alert} recipient={recipient} onClose={() => setRecording(false)} />}
    </div>
  )
}

function Numbers({ person }: { person: string }) {
  const { value, problem, busy } = useLoad(person, (signal) => service.person(person, signal))
  if (problem) return <p class="quiet">{texts.board.numbersHidden}</p>
  if (busy || !value) return <p class="quiet">{texts.app.loading}</p>
  const numbers = new Map<string, { text: string; label: string }>()
  for (const point of value.contactPoints) {
    if (point.kind !== 'sms' && point.kind !== 'voice') continue
    const extension = point.extension ? ` ${prepareTexts.peopleScreen.extension(point.extension)}` : ''
    const target = point.extension ? `${point.address};ext=${point.extension}` : point.address
    numbers.set(target, { text: point.address + extension, label: point.label })
  }
  if (numbers.size === 0) return <p class="quiet">{texts.board.noNumbers}</p>
  return (
    <ul class="numbers">
      {[...numbers].map(([target, { text, label }]) => (
        <li key={target}>
          <a class="button small" href={`tel:${target}`}>
            <Icon name="phone" />
            <span>
              {texts.board.call} {text} {label && <span class="quiet">{label}</span>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function purposeName({ purpose, update }: { purpose: string; update: number }): string {
  const name = texts.board.purpose[purpose] ?? purpose
  if (name === '') return ''
  return update > 0 ? ` · ${name} ${update}` : ` · ${name}`
}

function stateName(state: string): string {
  return texts.deliveryState[state] ?? state
}
