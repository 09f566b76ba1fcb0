import { useState } from 'preact/hooks'
import type { CheckView } from '../../src/contract/checks.ts'
import { upkeep } from '../api/upkeep.ts'
import { formatMoment } from '../format.ts'
import { useAction } from '../state/use-action.ts'
import { useLoad } from '../state/use-load.ts'
import { texts } from '../texts.ts'
import { reachTexts } from '../texts-reach.ts'
import { Dialog } from './dialog.tsx'
import { ProblemNote } from './problem-note.tsx'
import { channelName } from './unclear-list.tsx'

const words = reachTexts.checks
const PAGE = 10

/** Which contact points are or were asked, and what came of it. */
export function CheckList({ turn, mayAsk }: { turn: number; mayAsk: boolean }) {
  const [state, setState] = useState('waiting')
  const [limit, setLimit] = useState(PAGE)
  const [asking, setAsking] = useState(false)
  const [dropped, setDropped] = useState<number | null>(null)
  const action = useAction()
  const loaded = useLoad(`${state} ${limit} ${turn}`, (signal) => upkeep.checks(state, limit, signal))
  const items = loaded.value?.items ?? []
  const drop = () =>
    action.run(async () => {
      setDropped((await upkeep.dropChecks()).asked)
      setAsking(false)
      loaded.reload()
    })
  return (
    <section class="card standing" aria-labelledby="checks-title" data-testid="checks">
      <h2 id="checks-title">{words.title}</h2>
      <label class="field">
        <span>{words.show}</span>
        <select value={state} onChange={(event) => setState(event.currentTarget.value)}>
          {Object.entries(words.state).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <ProblemNote problem={loaded.problem} retry={loaded.reload} />
      <p role="status">{dropped !== null && words.dropped(dropped)}</p>
      {!loaded.value && loaded.busy && <p class="quiet">{texts.app.loading}</p>}
      {loaded.value && items.length === 0 && <p class="quiet">{words.none}</p>}
      <ul class="checks">
        {items.map((check) => (
          <li key={check.id}>
            <a class="person-link" href={`/people/${check.person}`}>
              {check.name}
            </a>
            <span class="quiet">
              {[channelName(check.kind), sayWhen(check), check.reason].filter(Boolean).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {loaded.value?.nextCursor != null && limit < 500 && (
        <button type="button" class="button small" onClick={() => setLimit(Math.min(500, limit + 50))}>
          {texts.app.more(50)}
        </button>
      )}
      {mayAsk && state === 'waiting' && items.length > 0 && (
        <button type="button" class="button small" onClick={() => setAsking(true)}>
          {words.drop}
        </button>
      )}
      {asking && (
        <Dialog title={words.dropTitle} onClose={() => setAsking(false)}>
          <p>{words.dropBody}</p>
          <ProblemNote problem={action.problem} />
          <div class="dialog-actions">
            <button type="button" class="button" onClick={() => setAsking(false)}>
              {texts.app.back}
            </button>
            <button type="button" class="button primary" disabled={action.busy} onClick={() => void drop()}>
              {words.drop}
            </button>
          </div>
        </Dialog>
      )}
    </section>
  )
}

function sayWhen({ dueAt, sentAt, endedAt }: CheckView): string {
  const now = Date.now()
  if (endedAt !== null) return words.ended(formatMoment(endedAt, now))
  return sentAt === null ? words.due(formatMoment(dueAt, now)) : words.sent(formatMoment(sentAt, now))
}
