import { useMemo, useState } from 'preact/hooks'
import type { AlertView } from '../../src/contract/alerts.ts'
import type { BoardRecipient } from '../state/board-state.ts'
import { LADDER } from '../state/funnel.ts'
import { type Filter, helpCodes, orderResponses, pickRecipients } from '../state/recipient-view.ts'
import { useNow } from '../state/use-now.ts'
import { texts } from '../texts.ts'
import { RecipientRow } from './recipient-row.tsx'

const PAGE = 100

interface Props {
  alert: AlertView
  /** In the order of the board. */
  ordered: readonly BoardRecipient[]
  complete: boolean
  clockOffset: number
  filter: Filter
  onFilter(filter: Filter): void
}

/** Everyone, a hundred at a time, so that ten thousand do not freeze the screen. */
export function RecipientList({ alert, ordered, complete, clockOffset, filter, onFilter }: Props) {
  const [search, setSearch] = useState('')
  const [limit, setLimit] = useState(PAGE)
  const now = useNow(5_000) + clockOffset
  const help = useMemo(() => helpCodes(alert.responseOptions), [alert.id])
  const picked = useMemo(() => pickRecipients(ordered, filter, search, help), [ordered, filter, search, help])
  const shown = picked.slice(0, limit)
  return (
    <section class="card recipients" aria-labelledby="recipients-title">
      <h2 id="recipients-title" tabIndex={-1}>
        {texts.board.people}
      </h2>
      <div class="list-tools">
        <label class="field">
          <span>{texts.board.search}</span>
          <input
            type="search"
            value={search}
            onInput={(event) => setSearch(event.currentTarget.value)}
            autocomplete="off"
          />
        </label>
        <label class="field">
          <span>{texts.board.filter}</span>
          <select
            value={filter}
            onChange={(event) => onFilter(event.currentTarget.value as Filter)}
            data-testid="filter"
          >
            <option value="all">{texts.board.everyone}</option>
            <option value="help">{texts.board.help}</option>
            <option value="silent">{texts.board.silent}</option>
            <option value="unreachable">{texts.board.outOfReach}</option>
            {LADDER.map((rung) => (
              <option key={rung} value={`rung:${rung}`}>
                {texts.rung[rung]}
              </option>
            ))}
            {orderResponses(alert.responseOptions).map((option) => (
              <option key={option.code} value={`response:${option.code}`}>
                {option.label}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p class="quiet" aria-live="polite">
        {complete
          ? texts.board.showing(shown.length, picked.length)
          : texts.board.reading(ordered.length, alert.audience)}
      </p>
      {complete && picked.length === 0 && <p class="empty-line">{texts.board.nobodyHere}</p>}
      <ul class="rows">
        {shown.map((one) => (
          <RecipientRow
            key={one.id}
            alert={alert}
            recipient={one}
            now={now}
            needsHelp={one.response !== undefined && help.has(one.response)}
          />
        ))}
      </ul>
      {picked.length > limit && (
        <button type="button" class="button wide" onClick={() => setLimit(limit + PAGE)}>
          {texts.app.more(Math.min(PAGE, picked.length - limit))}
        </button>
      )}
    </section>
  )
}
