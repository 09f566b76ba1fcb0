import { useEffect, useState } from 'preact/hooks'
import type { SessionView } from '../../src/contract/access.ts'
import { service } from '../api/service.ts'
import { DemoBannerForStrangers } from '../elements/demo-banner.tsx'
import { Icon } from '../elements/icon.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { settleSignOut } from '../state/sign-out.ts'
import { useKeptAnswers } from '../state/use-answers.ts'
import { texts } from '../texts.ts'

interface Props {
  /** Taken from the link; used up only by the button, so that link scanners use nothing up. */
  token: string | null
  /** Whether somebody signed out here without the service knowing yet. */
  owed: boolean
  onSignedIn(session: SessionView): void
}

/** The one-time link becomes a session by one tap. */
export function SignIn({ token, owed, onSignedIn }: Props) {
  const [pasted, setPasted] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Error | null>(null)
  const kept = useKeptAnswers().length
  const usable = token ?? tokenIn(pasted)
  useEffect(() => {
    document.title = `${texts.signIn.title} · ${texts.app.name}`
  }, [])
  const signIn = async () => {
    if (usable === null || busy) return
    setBusy(true)
    setProblem(null)
    try {
      // Before the new session's cookie takes the place of the one that was to be ended.
      if (owed) await settleSignOut()
      onSignedIn(await service.signIn(usable))
    } catch (error) {
      setProblem(error instanceof Error ? error : new Error(String(error)))
      setBusy(false)
    }
  }
  return (
    <>
      <DemoBannerForStrangers />
      <main class="sign-in">
        <div class="sign-in-brand">
          <Icon name="bell" />
          <span>{texts.app.name}</span>
        </div>
        <h1>{texts.signIn.title}</h1>
        {owed && (
          <p class="note note-offline" role="status" data-testid="sign-out-owed">
            <Icon name="warning" />
            <span>{texts.signIn.owed}</span>
          </p>
        )}
        {kept > 0 && (
          <p class="note" role="status" data-testid="kept-here">
            {texts.signIn.kept(kept)}
          </p>
        )}
        <p>{token === null ? texts.signIn.noLink : texts.signIn.ready}</p>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void signIn()
          }}
        >
          {token === null && (
            <label class="field">
              <span>{texts.signIn.paste}</span>
              <input
                type="text"
                inputMode="url"
                autocomplete="off"
                value={pasted}
                onInput={(event) => setPasted(event.currentTarget.value)}
              />
            </label>
          )}
          <ProblemNote problem={problem} />
          {(problem !== null || token === null) && (
            <p class="quiet">
              {texts.signIn.askAgain} <code class="command">{texts.signIn.command}</code>
            </p>
          )}
          <button type="submit" class="button primary wide" disabled={usable === null || busy} data-testid="sign-in">
            {busy ? texts.signIn.busy : texts.signIn.button}
          </button>
        </form>
      </main>
    </>
  )
}

/** The token in a pasted link, or a pasted token by itself. */
function tokenIn(text: string): string | null {
  const token = text.trim().split('#').at(-1) ?? ''
  return /^[\w.~-]{16,200}$/.test(token) ? token : null
}
