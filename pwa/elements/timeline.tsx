import { useState } from 'preact/hooks'
import type { TimelineEntry } from '../../src/contract/alerts.ts'
import { formatSecond, nameZone } from '../format.ts'
import { texts } from '../texts.ts'

const PAGE = 20

/** What happened, newest first. */
export function Timeline({ entries, now }: { entries: readonly TimelineEntry[]; now: number }) {
  const [limit, setLimit] = useState(PAGE)
  return (
    <section class="card" aria-labelledby="timeline-title" data-testid="timeline">
      <h2 id="timeline-title">{texts.board.timeline(nameZone(now))}</h2>
      {entries.length === 0 && <p class="quiet">{texts.board.emptyTimeline}</p>}
      <ol class="timeline">
        {entries.slice(0, limit).map((entry) => (
          <li key={entry.id}>
            <time dateTime={entry.at}>{formatSecond(entry.at, now)}</time>
            <span>{entry.text}</span>
          </li>
        ))}
      </ol>
      {entries.length > limit && (
        <button type="button" class="button wide" onClick={() => setLimit(limit + 5 * PAGE)}>
          {texts.app.more(Math.min(5 * PAGE, entries.length - limit))}
        </button>
      )}
    </section>
  )
}
