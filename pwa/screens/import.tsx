import { useState } from 'preact/hooks'
import type { ImportResult } from '../../src/contract/people.ts'
import { Refused } from '../api/request.ts'
import { service } from '../api/service.ts'
import { FileDrop } from '../elements/file-drop.tsx'
import { Icon } from '../elements/icon.tsx'
import { ImportPreview } from '../elements/import-preview.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { Shell } from '../elements/shell.tsx'
import { type Action, useAction } from '../state/use-action.ts'
import { prepareTexts } from '../texts-prepare.ts'

/** A file is chosen, looked at row by row, and applied exactly as it was shown. */
export function ImportScreen() {
  const [file, setFile] = useState<File | null>(null)
  const [tree, setTree] = useState('')
  const [result, setResult] = useState<ImportResult | null>(null)
  const action = useAction()
  const look = () =>
    void action.run(async () => {
      if (file) setResult(await service.previewImport(file, tree.trim()))
    })
  const apply = (preview: ImportResult) =>
    void action.run(async () => {
      setResult(await service.applyImport(preview.id))
    })
  const choose = (next: File) => {
    setFile(next)
    setResult(null)
    action.clear()
  }
  return (
    <Shell
      title={prepareTexts.importing.title}
      back="/people"
      actions={<ImportActions {...{ file, result, action, look, apply }} again={() => setResult(null)} />}
    >
      {!result && (
        <>
          <p>{prepareTexts.importing.intro}</p>
          <FileDrop file={file} onFile={choose} />
          <label class="field">
            <span>{prepareTexts.importing.tree}</span>
            <input type="text" maxLength={80} value={tree} onInput={(event) => setTree(event.currentTarget.value)} />
            <small>{prepareTexts.importing.treeHint}</small>
          </label>
        </>
      )}
      <ProblemNote problem={action.problem} retry={peopleChanged(action) ? look : undefined} />
      {action.busy && (
        <p class="busy" role="status">
          {result ? prepareTexts.importing.applying : prepareTexts.importing.reading}
          <progress aria-label={result ? prepareTexts.importing.applying : prepareTexts.importing.reading} />
        </p>
      )}
      {result?.applied && (
        <p class="note note-done" role="status" data-testid="import-done">
          <Icon name="check" />
          {prepareTexts.importing.done(result.created, result.changed)}
        </p>
      )}
      {result && <ImportPreview result={result} />}
    </Shell>
  )
}

function peopleChanged(action: Action): boolean {
  return action.problem instanceof Refused && action.problem.code === 'import.people_changed'
}

interface ActionsProps {
  file: File | null
  result: ImportResult | null
  action: Action
  look(): void
  apply(preview: ImportResult): void
  again(): void
}

function ImportActions({ file, result, action, look, apply, again }: ActionsProps) {
  if (result?.applied) {
    return (
      <a class="button primary wide" href="/people">
        {prepareTexts.importing.toPeople}
      </a>
    )
  }
  if (!result) {
    return (
      <button
        type="button"
        class="button primary wide"
        disabled={!file || action.busy}
        data-testid="import-look"
        onClick={look}
      >
        {prepareTexts.importing.look}
      </button>
    )
  }
  const count = result.created + result.changed
  const nothing = count === 0 && !result.tree
  return (
    <div class="pair">
      <button type="button" class="button" disabled={action.busy} onClick={again}>
        {prepareTexts.importing.another}
      </button>
      <button
        type="button"
        class="button primary"
        disabled={action.busy || nothing}
        data-testid="import-apply"
        onClick={() => apply(result)}
      >
        {nothing ? prepareTexts.importing.nothing : applyWords(count, result.refused)}
      </button>
    </div>
  )
}

function applyWords(count: number, refused: number): string {
  return refused > 0 ? prepareTexts.importing.applyWithout(refused) : prepareTexts.importing.apply(count)
}
