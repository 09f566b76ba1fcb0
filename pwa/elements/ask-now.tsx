import { useState } from 'preact/hooks'
import { upkeep } from '../api/upkeep.ts'
import { useAction } from '../state/use-action.ts'
import { reachTexts } from '../texts-reach.ts'
import { explain } from './problem-note.tsx'
import { channelName } from './unclear-list.tsx'

/** What can be asked; the other ways are proven by drills and alerts. */
const ASKED: readonly string[] = ['sms', 'voice', 'email']

/** Asks one contact point whether it reaches its owner. */
export function AskNow({ point, name }: { point: { id: string; kind: string; status: string }; name: string }) {
  const action = useAction()
  const [asked, setAsked] = useState(false)
  if (!ASKED.includes(point.kind) || point.status === 'gone') return null
  const ask = async () => {
    if (await action.run(async () => void (await upkeep.askPoint(point.id)))) setAsked(true)
  }
  return (
    <span class="ask-now">
      {!asked && (
        <button
          type="button"
          class="button small"
          disabled={action.busy}
          aria-label={reachTexts.askOf(channelName(point.kind).toLowerCase(), name)}
          onClick={() => void ask()}
        >
          {reachTexts.ask}
        </button>
      )}
      <span role="status" class="quiet">
        {asked ? reachTexts.asked : action.problem && explain(action.problem)}
      </span>
    </span>
  )
}
