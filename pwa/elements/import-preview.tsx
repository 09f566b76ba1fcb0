import { useState } from 'preact/hooks'
import type { ImportResult } from '../../src/contract/people.ts'
import { formatNumber } from '../format.ts'
import type { Import } from '../state/use-import.ts'
import { texts } from '../texts.ts'
import { prepareTexts } from '../texts-prepare.ts'
import { Icon } from './icon.tsx'
import { ImportRow, type Row } from './import-row.tsx'

const PAGE = 100
const OUTCOMES = ['refused', 'review', 'created', 'changed', 'missing', 'unchanged'] as const

/** What an import would do or has done: counts, then every row, what needs a human first. */
export function ImportPreview({ result, work }: { result: ImportResult; work: Import }) {
  const [limit, setLimit] = useState(PAGE)
  const rows = result.rows.toSorted(
    (a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome) || (a.line ?? 0) - (b.line ?? 0),
  )
  const choicesOf = (row: Row) =>
    result.applied
      ? {}
      : {
          choices: {
            decision: work.decisions.get(row.line ?? 0) ?? '',
            removed: row.person !== undefined && work.removed.has(row.person),
            decide: work.decide,
            remove: work.remove,
          },
        }
  const missing = rows.flatMap(({ outcome, person }) => (outcome === 'missing' && person ? [person] : []))
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
        {!result.applied && missing.length > 1 && (
          <label class="import-remove">
            <input
              type="checkbox"
              checked={work.removed.size === missing.length}
              onChange={(event) => work.remove(missing, event.currentTarget.checked)}
            />
            {prepareTexts.importing.remove.all(missing.length)}
          </label>
        )}
        <ul class="import-rows">
          {rows.slice(0, limit).map((row) => (
            <ImportRow key={`${row.line ?? ''} ${row.outcome} ${row.person ?? ''}`} row={row} {...choicesOf(row)} />
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
