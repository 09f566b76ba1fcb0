import { useMemo } from 'preact/hooks'
import type { AlertBody } from '../../src/contract/alerts.ts'
import { Unreachable } from '../api/request.ts'
import { service } from '../api/service.ts'
import { navigate } from '../state/navigation.ts'
import { useAction } from '../state/use-action.ts'
import { texts } from '../texts.ts'
import { HoldButton } from './hold-button.tsx'
import { Icon } from './icon.tsx'
import { ProblemNote } from './problem-note.tsx'

interface Props {
  draft: AlertBody
  /** How many; null while it is not known. */
  people: number | null
  /** Whether an alert may have been raised without our knowing. */
  onUnsure(unsure: boolean): void
  /** Without the service there is nothing to confirm, except a second try of what was begun. */
  reachable: boolean
}

/** The last tap. One key per draft, so that a double tap or a second try raises one alert. */
export function ConfirmRaise({ draft, people, onUnsure, reachable }: Props) {
  const idempotencyKey = useMemo(() => crypto.randomUUID(), [JSON.stringify(draft)])
  const action = useAction()
  const raise = () =>
    void action.run(async () => {
      try {
        const alert = await service.raise(draft, idempotencyKey)
        navigate(`/alerts/${alert.id}`, { replace: true })
      } catch (error) {
        onUnsure(error instanceof Unreachable)
        throw error
      }
    })
  const count = people ?? 0
  const unsure = action.problem instanceof Unreachable
  if (!reachable && !unsure && !action.busy) return null
  const disabled = action.busy || (!unsure && count === 0)
  const label = words(draft, people, action.busy)
  return (
    <div class="confirm">
      {unsure ? (
        <p class="note note-problem" role="alert" data-testid="raise-unsure">
          <Icon name="warning" />
          <span>{texts.raise.unknown}</span>
        </p>
      ) : (
        <ProblemNote problem={action.problem} />
      )}
      {draft.kind === 'live' ? (
        <HoldButton
          label={label}
          disabled={disabled}
          confirmTitle={texts.raise.confirmTitle(count)}
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

function words(draft: AlertBody, people: number | null, busy: boolean): string {
  if (busy) return texts.raise.raising
  if (draft.trees.length === 0) return texts.raise.chooseTree
  if (people === null) return texts.raise.checking
  return draft.kind === 'live' ? texts.raise.raiseLive(people) : texts.raise.raiseDrill(people)
}
