import { useState } from 'preact/hooks'
import { useAction } from '../state/use-action.ts'
import { texts } from '../texts.ts'
import { Dialog } from './dialog.tsx'
import { ProblemNote } from './problem-note.tsx'

interface Props {
  words: { button: string; title: string; body: string; confirm: string; remark?: string }
  testId: string
  end(remark: string): Promise<unknown>
  onEnded(): void
}

const LONGEST_REMARK = 300

/** Ends an alert in one of the ways in which it can end, after saying what that does. */
export function EndAlert({ words, testId, end, onEnded }: Props) {
  const [asking, setAsking] = useState(false)
  const [remark, setRemark] = useState('')
  const action = useAction()
  const confirm = async () => {
    const ended = await action.run(async () => {
      await end(remark.trim())
    })
    if (!ended) return
    setAsking(false)
    onEnded()
  }
  return (
    <>
      <button type="button" class="button" data-testid={testId} onClick={() => setAsking(true)}>
        {words.button}
      </button>
      {asking && (
        <Dialog title={words.title} onClose={() => setAsking(false)}>
          <p>{words.body}</p>
          {words.remark && (
            <label class="field">
              <span>{words.remark}</span>
              <input
                type="text"
                maxLength={LONGEST_REMARK}
                value={remark}
                onInput={(event) => setRemark(event.currentTarget.value)}
              />
            </label>
          )}
          <ProblemNote problem={action.problem} />
          <div class="dialog-actions">
            <button type="button" class="button" onClick={() => setAsking(false)}>
              {texts.app.back}
            </button>
            <button type="button" class="button primary" disabled={action.busy} onClick={() => void confirm()}>
              {action.busy ? texts.board.ending : words.confirm}
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}
