import { useEffect, useState } from 'preact/hooks'
import type { SessionView } from '../../src/contract/access.ts'
import { service } from '../api/service.ts'
import { Icon } from '../elements/icon.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { useKeptAnswers } from '../state/use-answers.ts'
import { texts } from '../texts.ts'

interface Props {
  /** Taken from the link; used up only by the button, so that link scanners use nothing up. */
  token: string | null
  onSignedIn(session: SessionView): void
}

/** The one-time link becomes a session by one tap. */
export function SignIn({ token, onSignedIn }: Props) {
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
      onSignedIn(await service.signIn(usable))
    } catch (error) {
      setProblem(error instanceof Error ? error : new Error(String(error)))
      setBusy(false)
    }
  }
  return (
    <main class="sign-in">
      <div class="sign-in-brand">
        <Icon name="bell" />
        <span>{texts.app.name}</span>
      </div>
      <h1>{texts.signIn.title}</h1>
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
        {(problem !== null || token === null) && <p class="quiet">{texts.signIn.askAgain}</p>}
        <button type="submit" class="button primary wide" disabled={usable === null || busy} data-testid="sign-in">
          {busy ? texts.signIn.busy : texts.signIn.button}
        </button>
      </form>
    </main>
  )
}

/** The token in a pasted link, or a pasted token by itself. */
function tokenIn(text: string): string | null {
  const token = text.trim().split('#').at(-1) ?? ''
  return /^[\w.~-]{16,200}$/.test(token) ? token : null
}
