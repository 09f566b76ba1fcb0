import { formatSpan } from '../format.ts'
import type { Board } from '../state/use-board.ts'
import { useContact } from '../state/use-contact.ts'
import { useNow } from '../state/use-now.ts'
import { texts } from '../texts.ts'

/** How old the board is, always in sight. */
export function Freshness({ board }: { board: Board }) {
  const now = useNow(1_000)
  const reachable = useContact()
  const age = board.asOf === null ? null : formatSpan(now - board.asOf)
  const state = stateOf(board, reachable)
  return (
    <p class={`freshness freshness-${state}`} data-testid="freshness" data-state={state}>
      <span class="freshness-dot" aria-hidden="true" />
      <span>{words(state, age)}</span>
    </p>
  )
}

function stateOf(board: Board, reachable: boolean): 'connected' | 'connecting' | 'offline' {
  if (!reachable) return 'offline'
  return board.link === 'connected' && board.fresh ? 'connected' : 'connecting'
}

function words(state: 'connected' | 'connecting' | 'offline', age: string | null): string {
  if (age === null) return state === 'offline' ? texts.board.neverLoaded : texts.board.connecting
  if (state === 'connected') return texts.board.connected(age)
  return state === 'connecting' ? texts.board.reconnecting(age) : texts.board.offline(age)
}
