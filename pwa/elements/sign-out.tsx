import { useState } from 'preact/hooks'
import { useSession } from '../state/session.ts'
import { useAction } from '../state/use-action.ts'
import { isOfAnother, useKeptAnswers } from '../state/use-answers.ts'
import { texts } from '../texts.ts'
import { Dialog } from './dialog.tsx'
import { ProblemNote } from './problem-note.tsx'

/** Signs out; asks before, when an answer has not gone out yet. */
export function SignOut() {
  const { session, signOut } = useSession()
  const [asking, setAsking] = useState(false)
  const own = useKeptAnswers().filter((answer) => !isOfAnother(answer, session.account.person)).length
  const action = useAction()
  const leave = () => {
    setAsking(false)
    void action.run(signOut)
  }
  return (
    <>
      <button
        type="button"
        class="button small"
        disabled={action.busy}
        onClick={() => (own > 0 ? setAsking(true) : leave())}
      >
        {texts.home.signOut}
      </button>
      <ProblemNote problem={action.problem} />
      {asking && (
        <Dialog title={texts.home.signOutTitle} onClose={() => setAsking(false)}>
          <p>{texts.home.signOutBody(own)}</p>
          <div class="dialog-actions">
            <button type="button" class="button primary" onClick={() => setAsking(false)}>
              {texts.home.staySignedIn}
            </button>
            <button type="button" class="button" onClick={leave}>
              {texts.home.signOut}
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}
