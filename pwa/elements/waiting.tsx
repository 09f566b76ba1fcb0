import type { RecipientView } from '../../src/contract/alerts.ts'
import { countWaiting } from '../state/recipient-view.ts'
import { texts } from '../texts.ts'
import { Icon } from './icon.tsx'

const NAMED = 3

/** Whose messages no carrier has taken yet, and why: a carrier that is down must not look like people who are slow. */
export function Waiting({ recipients }: { recipients: readonly RecipientView[] }) {
  const waiting = countWaiting(recipients)
  if (waiting.length === 0) return null
  const all = waiting.reduce((sum, { people }) => sum + people, 0)
  return (
    <section class="card caution" role="status" data-testid="waiting">
      <h2>
        <Icon name="warning" />
        <span>{texts.board.waiting(all)}</span>
      </h2>
      <ul>
        {waiting.slice(0, NAMED).map(({ carrier, error, people }) => (
          <li key={`${carrier} ${error}`}>{texts.board.waitingAt(carrier, people, error)}</li>
        ))}
      </ul>
    </section>
  )
}
