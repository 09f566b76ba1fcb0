import { Refused, Unreachable } from '../api/request.ts'
import { useContact } from '../state/use-contact.ts'
import { texts } from '../texts.ts'
import { Icon } from './icon.tsx'

/** What an error means for the reader. */
export function explain(problem: Error): string {
  if (problem instanceof Refused) return problem.message
  return problem instanceof Unreachable ? texts.app.unreachable : texts.app.unexpected
}

/** An error, told calmly, with the way on. */
export function ProblemNote({ problem, retry }: { problem: Error | null; retry?: (() => void) | undefined }) {
  const reachable = useContact()
  if (!problem) return null
  // While the whole page says that the service does not answer, and asks again by itself, once is enough.
  if (problem instanceof Unreachable && retry && !reachable) return null
  return (
    <div class="note note-problem" role="alert" data-testid="problem">
      <Icon name="warning" />
      <p>{explain(problem)}</p>
      {retry && (
        <button type="button" class="button small" onClick={retry}>
          {texts.app.retry}
        </button>
      )}
    </div>
  )
}
