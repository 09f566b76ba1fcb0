import { useState } from 'preact/hooks'
import type { AlertView } from '../../src/contract/alerts.ts'
import { useAction } from '../state/use-action.ts'
import { texts } from '../texts.ts'
import { Dialog } from './dialog.tsx'
import { ProblemNote } from './problem-note.tsx'

interface Props {
  alert: AlertView
  close(): Promise<unknown>
  onClosed(): void
}

/** Ends an alert, after saying what that does. */
export function CloseAlert({ alert, close, onClosed }: Props) {
  const [asking, setAsking] = useState(false)
  const action = useAction()
  const confirm = async () => {
    const closed = await action.run(async () => {
      await close()
    })
    if (!closed) return
    setAsking(false)
    onClosed()
  }
  return (
    <>
      <button type="button" class="button" data-testid="close-alert" onClick={() => setAsking(true)}>
        {texts.board.close}
      </button>
      {asking && (
        <Dialog title={texts.board.closeTitle} onClose={() => setAsking(false)}>
          <p>{texts.board.closeBody(alert.audience)}</p>
          <ProblemNote problem={action.problem} />
          <div class="dialog-actions">
            <button type="button" class="button" onClick={() => setAsking(false)}>
              {texts.app.cancel}
            </button>
            <button type="button" class="button primary" disabled={action.busy} onClick={() => void confirm()}>
              {action.busy ? texts.board.closing : texts.board.closeButton}
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}
