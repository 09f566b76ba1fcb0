import { useState } from 'preact/hooks'
import type { AlertView, UpdateBody } from '../../src/contract/alerts.ts'
import { service } from '../api/service.ts'
import { useAction } from '../state/use-action.ts'
import { useKeyOf } from '../state/use-key-of.ts'
import { texts } from '../texts.ts'
import { Dialog } from './dialog.tsx'
import { ProblemNote } from './problem-note.tsx'

const LONGEST = 2000
const AUDIENCES = ['all', 'acknowledged', 'silent'] as const
type UpdateAudience = UpdateBody['audience']

/** Says something new to the recipients of an alert that goes on. */
export function UpdateAlert({ alert, onUpdated }: { alert: AlertView; onUpdated(): void }) {
  const [writing, setWriting] = useState(false)
  return (
    <>
      <button type="button" class="button" data-testid="update-alert" onClick={() => setWriting(true)}>
        {texts.steer.update}
      </button>
      {writing && (
        <WriteUpdate
          alert={alert}
          onClose={() => setWriting(false)}
          onUpdated={() => {
            setWriting(false)
            onUpdated()
          }}
        />
      )}
    </>
  )
}

function WriteUpdate({ alert, onClose, onUpdated }: { alert: AlertView; onClose(): void; onUpdated(): void }) {
  const [body, setBody] = useState('')
  const [audience, setAudience] = useState<UpdateAudience>('all')
  const key = useKeyOf(`${audience} ${body}`)
  const action = useAction()
  const send = async () => {
    const sent = await action.run(async () => {
      await service.update(alert.id, { audience, text: { body: body.trim() } }, key)
    })
    if (sent) onUpdated()
  }
  const everybody = alert.audience + alert.added.people
  const acknowledged = alert.counts.acknowledged + alert.added.counts.acknowledged
  const counts: Record<UpdateAudience, number> = {
    all: everybody,
    acknowledged,
    silent: everybody - acknowledged,
  }
  return (
    <Dialog title={texts.steer.updateTitle} onClose={onClose}>
      <p>{texts.steer.updateBody}</p>
      <label class="field">
        <span>{texts.steer.newText}</span>
        <textarea
          rows={4}
          maxLength={LONGEST}
          required
          value={body}
          onInput={(event) => setBody(event.currentTarget.value)}
        />
      </label>
      <p class="quiet">{texts.steer.now(alert.body)}</p>
      <fieldset class="choices">
        <legend>{texts.steer.to}</legend>
        {AUDIENCES.map((one) => (
          <label key={one} class="choice">
            <input
              type="radio"
              name="audience"
              value={one}
              checked={audience === one}
              onChange={() => setAudience(one)}
            />
            <span>{texts.steer.audience[one](counts[one])}</span>
          </label>
        ))}
      </fieldset>
      <ProblemNote problem={action.problem} />
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          {texts.app.back}
        </button>
        <button
          type="button"
          class="button primary"
          disabled={body.trim() === '' || action.busy}
          onClick={() => void send()}
        >
          {action.busy ? texts.steer.sending : texts.steer.sendUpdate}
        </button>
      </div>
    </Dialog>
  )
}
