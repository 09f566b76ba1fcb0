import type { ImportResult } from '../../src/contract/people.ts'
import { prepareTexts } from '../texts-prepare.ts'

export type Row = ImportResult['rows'][number]

interface Props {
  row: Row
  /** Absent once the import is applied. */
  choices?: {
    decision: string
    removed: boolean
    decide(line: number, person: string): void
    remove(ids: readonly string[], gone: boolean): void
  }
}

/** One row of a file with what becomes of it and, where a human must say so, the choice. */
export function ImportRow({ row, choices }: Props) {
  const { line, outcome, name, field, reason, candidates, person } = row
  const words = prepareTexts.importing
  return (
    <li class={`import-row outcome-${outcome}`}>
      <span class="import-line">{line !== undefined && words.line(line)}</span>
      <span class="import-words">
        <strong>{name}</strong>
        {reason && (
          <span>
            {field && field !== 'row' && <b>{words.fields[field] ?? field}: </b>}
            {reason}
          </span>
        )}
        {choices && candidates && line !== undefined && (
          <select
            aria-label={words.decide.whose(name ?? '')}
            value={choices.decision}
            data-testid="import-decide"
            onChange={(event) => choices.decide(line, event.currentTarget.value)}
          >
            <option value="">{words.decide.later}</option>
            {candidates.map(({ id, name: known, about }) => (
              <option key={id} value={id}>
                {words.decide.same(known, about)}
              </option>
            ))}
            <option value="new">{words.decide.new}</option>
          </select>
        )}
        {choices && outcome === 'missing' && person && (
          <label class="import-remove">
            <input
              type="checkbox"
              checked={choices.removed}
              data-testid="import-remove"
              onChange={(event) => choices.remove([person], event.currentTarget.checked)}
            />
            {words.remove.one}
          </label>
        )}
      </span>
      <span class="outcome-word">{words.outcome[outcome]}</span>
    </li>
  )
}
