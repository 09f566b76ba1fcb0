import { useState } from 'preact/hooks'
import { Refused } from '../api/request.ts'
import { FileDrop } from '../elements/file-drop.tsx'
import { Icon } from '../elements/icon.tsx'
import { ImportColumns } from '../elements/import-columns.tsx'
import { ImportPreview } from '../elements/import-preview.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { Shell } from '../elements/shell.tsx'
import type { Action } from '../state/use-action.ts'
import { type Import, useImport } from '../state/use-import.ts'
import { prepareTexts } from '../texts-prepare.ts'

/** A file is chosen, looked at row by row, and applied exactly as it was shown. */
export function ImportScreen() {
  const [file, setFile] = useState<File | null>(null)
  const [tree, setTree] = useState('')
  const work = useImport()
  const { action, result, mapping } = work
  const look = () => {
    if (file) work.look(file, tree)
  }
  const choose = (next: File) => {
    setFile(next)
    work.again()
  }
  return (
    <Shell title={prepareTexts.importing.title} back="/people" actions={<ImportActions {...{ file, work, look }} />}>
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
      {action.busy && <Progress work={work} />}
      {result?.applied && (
        <p class="note note-done" role="status" data-testid="import-done">
          <Icon name="check" />
          {prepareTexts.importing.done(result.created, result.changed, result.removed ?? 0)}
        </p>
      )}
      {file && mapping && !result?.applied && (
        <ImportColumns
          mapping={mapping}
          open={!result}
          disabled={action.busy}
          onChange={(column, role) => work.correct(file, tree, column, role)}
        />
      )}
      {result && <ImportPreview result={result} work={work} />}
    </Shell>
  )
}

function Progress({ work: { progress, result } }: { work: Import }) {
  const words = prepareTexts.importing
  const doing = progress ? words.phase[progress.phase] : result ? words.applying : words.reading
  return (
    <p class="busy" role="status" data-testid="import-progress">
      {doing}
      {progress && progress.total > 0 ? (
        <progress aria-label={doing} value={progress.done} max={progress.total} />
      ) : (
        <progress aria-label={doing} />
      )}
    </p>
  )
}

function peopleChanged(action: Action): boolean {
  return action.problem instanceof Refused && action.problem.code === 'import.people_changed'
}

interface ActionsProps {
  file: File | null
  work: Import
  look(): void
}

function ImportActions({ file, work: { result, action, decisions, removed, apply, again }, look }: ActionsProps) {
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
  const count = result.created + result.changed + decisions.size + removed.size
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
        onClick={apply}
      >
        {nothing ? prepareTexts.importing.nothing : applyWords(count, result.refused)}
      </button>
    </div>
  )
}

function applyWords(count: number, refused: number): string {
  return refused > 0 ? prepareTexts.importing.applyWithout(refused) : prepareTexts.importing.apply(count)
}
