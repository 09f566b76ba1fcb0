import type { AlertBody } from '../../src/contract/alerts.ts'
import { navigate } from '../state/navigation.ts'
import { raiseOnce } from '../state/raise-once.ts'
import { useSession } from '../state/session.ts'
import { useAction } from '../state/use-action.ts'
import { texts } from '../texts.ts'
import { HoldButton } from './hold-button.tsx'
import { Icon } from './icon.tsx'
import { ProblemNote } from './problem-note.tsx'

interface Props {
  draft: AlertBody
  /** The names of the template and the trees of the draft. */
  template: string
  trees: string[]
  /** How many; null while it is not known. */
  people: number | null
  /** Whether this very draft was sent before and may have raised an alert. */
  unsure: boolean
  /** Without the service there is nothing to confirm, except a second try of what was begun. */
  reachable: boolean
}

/** The last tap. A double tap or a second try of the same draft raises one alert. */
export function ConfirmRaise({ draft, template, trees, people, unsure, reachable }: Props) {
  const { account } = useSession().session
  const action = useAction()
  const raise = () =>
    void action.run(async () => {
      const alert = await raiseOnce({ account: account.id, body: draft, template, trees })
      navigate(`/alerts/${alert.id}`, { replace: true })
    })
  const count = people ?? 0
  if (!reachable && !unsure && !action.busy) return null
  const disabled = action.busy || (!unsure && count === 0)
  const label = words(draft, people, action.busy, unsure)
  return (
    <div class="confirm">
      {unsure && !action.busy && (
        <p class="note note-problem" role="alert" data-testid="raise-unsure">
          <Icon name="warning" />
          <span>{texts.raise.unknown}</span>
        </p>
      )}
      {!unsure && <ProblemNote problem={action.problem} />}
      {draft.kind === 'live' ? (
        <HoldButton
          label={label}
          disabled={disabled}
          confirmTitle={people === null ? label : texts.raise.confirmTitle(people)}
          confirmBody={texts.raise.confirmBody}
          onHeld={raise}
        />
      ) : (
        <button type="button" class="button primary drill" disabled={disabled} data-testid="raise" onClick={raise}>
          {label}
        </button>
      )}
      {action.busy && <progress aria-label={texts.raise.raising} />}
    </div>
  )
}

function words(draft: AlertBody, people: number | null, busy: boolean, unsure: boolean): string {
  if (busy) return texts.raise.raising
  if (unsure) return texts.raise.againKind(texts.kind[draft.kind])
  if (draft.trees.length === 0) return texts.raise.chooseTree
  if (people === null) return texts.raise.checking
  return draft.kind === 'live' ? texts.raise.raiseLive(people) : texts.raise.raiseDrill(people)
}
