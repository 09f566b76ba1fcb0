import type { AlertView } from '../../src/contract/alerts.ts'
import { service } from '../api/service.ts'
import { formatMoment, formatSpan, parseDuration } from '../format.ts'
import { useAction } from '../state/use-action.ts'
import { texts } from '../texts.ts'
import { Icon } from './icon.tsx'
import { ProblemNote } from './problem-note.tsx'

interface Props {
  alert: AlertView
  onExtended(): void
}

/** Lets an alert go on with one tap. */
export function ExtendAlert({ alert, onExtended }: Props) {
  const action = useAction()
  const extend = async () => {
    const done = await action.run(async () => {
      await service.extend(alert.id)
    })
    if (done) onExtended()
  }
  return (
    <>
      <button
        type="button"
        class="button"
        data-testid="extend-alert"
        disabled={action.busy}
        onClick={() => void extend()}
      >
        {texts.steer.extend(formatSpan(parseDuration(alert.lifetime) ?? 0))}
      </button>
      <ProblemNote problem={action.problem} />
    </>
  )
}

/** Says that nobody has closed the alert and that it ends soon. */
export function EndsSoon({ alert, now, may, onExtended }: Props & { now: number; may: boolean }) {
  if (!alert.endsSoon) return null
  return (
    <section class="card caution ends-soon" role="alert" data-testid="ends-soon">
      <h2>
        <Icon name="warning" />
        <span>{texts.steer.endsSoon(formatMoment(alert.endsAt, now))}</span>
      </h2>
      {may && <ExtendAlert alert={alert} onExtended={onExtended} />}
    </section>
  )
}
