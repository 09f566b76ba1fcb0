import type { Mapping } from '../state/use-import.ts'
import { prepareTexts } from '../texts-prepare.ts'

const { columns: words } = prepareTexts.importing

interface Props {
  mapping: Mapping
  open: boolean
  disabled: boolean
  onChange(column: number, role: string): void
}

/** What each column of the file was taken to hold, with what stands in it, to be put right. */
export function ImportColumns({ mapping, open, disabled, onChange }: Props) {
  return (
    <details class="card import-columns" open={open} data-testid="import-columns">
      <summary>{words.title}</summary>
      <ul>
        {mapping.map(({ header, role, samples }, column) => (
          <li key={column}>
            <label class="field">
              <span>{header || words.unnamed(column + 1)}</span>
              <small>{samples.join(' · ')}</small>
              <select
                value={role ?? 'ignore'}
                disabled={disabled}
                onChange={(event) => onChange(column, event.currentTarget.value)}
              >
                {Object.entries(words.roles)
                  .filter(([value]) => value !== 'label' || role === 'label')
                  .map(([value, text]) => (
                    <option key={value} value={value}>
                      {text}
                    </option>
                  ))}
              </select>
            </label>
          </li>
        ))}
      </ul>
    </details>
  )
}
