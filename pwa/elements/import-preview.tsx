import { useState } from 'preact/hooks'
import type { ImportResult } from '../../src/contract/people.ts'
import { formatNumber } from '../format.ts'
import { texts } from '../texts.ts'
import { prepareTexts } from '../texts-prepare.ts'
import { Icon } from './icon.tsx'

const PAGE = 100
const OUTCOMES = ['refused', 'review', 'created', 'changed', 'missing', 'unchanged'] as const

/** What an import would do or has done: counts, then every row, what needs a human first. */
export function ImportPreview({ result }: { result: ImportResult }) {
  const [limit, setLimit] = useState(PAGE)
  const rows = result.rows.toSorted(
    (a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome) || (a.line ?? 0) - (b.line ?? 0),
  )
  return (
    <div data-testid="import-preview">
      {!result.applied && <p class="note">{prepareTexts.importing.preview}</p>}
      <ul class="outcomes">
        {OUTCOMES.filter((outcome) => result[outcome] > 0 || outcome === 'created' || outcome === 'refused').map(
          (outcome) => (
            <li key={outcome} class={`outcome outcome-${outcome}`} data-testid={`import-${outcome}`}>
              <strong>{formatNumber(result[outcome])}</strong>
              <span>{prepareTexts.importing.outcome[outcome]}</span>
            </li>
          ),
        )}
      </ul>
      {result.tree && <TreeNote tree={result.tree} applied={result.applied} />}
      <p class="quiet">
        {prepareTexts.importing.encoding(result.encoding)}{' '}
        {result.unknownColumns.length > 0 && prepareTexts.importing.unknown(result.unknownColumns.join(', '))}
      </p>
      {result.warnings?.map((warning) => (
        <p key={warning} class="note">
          {warning}
        </p>
      ))}
      <section class="card" aria-labelledby="rows-title">
        <h2 id="rows-title">{prepareTexts.importing.rows}</h2>
        <ul class="import-rows">
          {rows.slice(0, limit).map((row) => (
            <li
              key={`${row.line ?? ''} ${row.outcome} ${row.field ?? ''} ${row.name ?? ''}`}
              class={`import-row outcome-${row.outcome}`}
            >
              <span class="import-line">{row.line !== undefined && prepareTexts.importing.line(row.line)}</span>
              <span class="import-words">
                <strong>{row.name}</strong>
                {row.reason && (
                  <span>
                    {row.field && <b>{row.field}: </b>}
                    {row.reason}
                  </span>
                )}
              </span>
              <span class="outcome-word">{prepareTexts.importing.outcome[row.outcome]}</span>
            </li>
          ))}
        </ul>
        {rows.length > limit && (
          <button type="button" class="button wide" onClick={() => setLimit(limit + 5 * PAGE)}>
            {texts.app.more(Math.min(5 * PAGE, rows.length - limit))}
          </button>
        )}
      </section>
    </div>
  )
}

function TreeNote({ tree, applied }: { tree: NonNullable<ImportResult['tree']>; applied: boolean }) {
  if (tree.problems.length === 0) {
    return (
      <p class="note note-done">
        <Icon name="tree" />
        {prepareTexts.importing.treeReady(tree.name, tree.nodes, applied)}
      </p>
    )
  }
  return (
    <div class="note note-problem" role="alert">
      <Icon name="warning" />
      <div>
        <p>{prepareTexts.importing.problemsOfTree(tree.name)}</p>
        <ul>
          {tree.problems.map((problem) => (
            <li key={`${problem.code} ${problem.line ?? ''} ${problem.reason}`}>
              {problem.line !== undefined && `${prepareTexts.importing.line(problem.line)}: `}
              {problem.reason}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
