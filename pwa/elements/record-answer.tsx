import { useState } from 'preact/hooks'
import type { AlertView, RecipientView } from '../../src/contract/alerts.ts'
import { service } from '../api/service.ts'
import { orderResponses } from '../state/recipient-view.ts'
import { useAction } from '../state/use-action.ts'
import { texts } from '../texts.ts'
import { Dialog } from './dialog.tsx'
import { ProblemNote } from './problem-note.tsx'

interface Props {
  alert: AlertView
  recipient: RecipientView
  onClose(): void
}

/** A commander writes down what somebody said. */
export function RecordAnswer({ alert, recipient, onClose }: Props) {
  const [response, setResponse] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const action = useAction()
  const chosen = alert.responseOptions.find((option) => option.code === response)
  const record = async () => {
    if (!chosen) return
    const body = note.trim() === '' ? { response: chosen.code } : { response: chosen.code, note: note.trim() }
    const done = await action.run(async () => {
      await service.recordAnswer(alert.id, recipient.id, body)
    })
    if (done) onClose()
  }
  return (
    <Dialog title={texts.board.recordTitle(recipient.name)} onClose={onClose}>
      <p>{texts.board.recordBody}</p>
      <fieldset class="choices">
        <legend>{texts.board.recordChoose}</legend>
        {orderResponses(alert.responseOptions).map((option) => (
          <label key={option.code} class="choice">
            <input
              type="radio"
              name="response"
              value={option.code}
              checked={response === option.code}
              onChange={() => setResponse(option.code)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span>{texts.board.recordNote}</span>
        <input type="text" maxLength={500} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      </label>
      <ProblemNote problem={action.problem} />
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          {texts.app.cancel}
        </button>
        <button type="button" class="button primary" disabled={!chosen || action.busy} onClick={() => void record()}>
          {chosen ? texts.board.recordButton(chosen.label) : texts.board.recordChoose}
        </button>
      </div>
    </Dialog>
  )
}
