import { useState } from 'preact/hooks'
import type { ImportResult } from '../../src/contract/people.ts'
import { applyImport, type ImportProgress, previewImport } from '../api/import-people.ts'
import { Refused } from '../api/request.ts'
import { type Action, useAction } from './use-action.ts'

export type Mapping = NonNullable<ImportResult['mapping']>

export interface Import {
  action: Action
  result: ImportResult | null
  progress: ImportProgress | null
  /** The columns as they were read, also of a file in which something is not found. */
  mapping: Mapping | null
  /** By the line of a row under review: whose it is, or `new`. */
  decisions: ReadonlyMap<number, string>
  /** Ids of missing people who are to be taken out. */
  removed: ReadonlySet<string>
  look(file: File, tree: string): void
  /** Says what a column holds (counted from 0), and looks again. */
  correct(file: File, tree: string, column: number, role: string): void
  decide(line: number, person: string): void
  remove(ids: readonly string[], gone: boolean): void
  apply(): void
  again(): void
}

/** One file on its way: looked at, corrected, decided about and applied. */
export function useImport(): Import {
  const [result, setResult] = useState<ImportResult | null>(null)
  const [progress, setProgress] = useState<ImportProgress | null>(null)
  const [columns, setColumns] = useState<Readonly<Record<string, string>>>({})
  const [decisions, setDecisions] = useState<ReadonlyMap<number, string>>(new Map())
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set())
  const action = useAction()
  const forget = () => {
    setDecisions(new Map())
    setRemoved(new Set())
  }
  const preview = (file: File, tree: string, said: Readonly<Record<string, string>>) =>
    void action.run(async () => {
      setProgress(null)
      setResult(await previewImport(file, tree.trim(), said, setProgress))
      forget()
    })
  return {
    action,
    result,
    progress,
    mapping: result?.mapping ?? mappingOf(action.problem),
    decisions,
    removed,
    look: (file, tree) => preview(file, tree, columns),
    correct(file, tree, column, role) {
      const said = { ...columns, [String(column + 1)]: role }
      setColumns(said)
      preview(file, tree, said)
    },
    decide: (line, person) => setDecisions(change(decisions, line, person)),
    remove(ids, gone) {
      const next = new Set(removed)
      for (const one of ids) gone ? next.add(one) : next.delete(one)
      setRemoved(next)
    },
    apply: () =>
      void action.run(async () => {
        if (!result) return
        setProgress(null)
        const said = [...decisions].map(([line, person]) => ({ line, person }))
        setResult(await applyImport(result.id, { decisions: said, remove: [...removed] }, setProgress))
        forget()
      }),
    again() {
      setResult(null)
      setColumns({})
      forget()
      action.clear()
    },
  }
}

/** Without a decision a row stays as it is: left out. */
function change(decisions: ReadonlyMap<number, string>, line: number, person: string): ReadonlyMap<number, string> {
  const next = new Map(decisions)
  if (person === '') next.delete(line)
  else next.set(line, person)
  return next
}

function mappingOf(problem: Error | null): Mapping | null {
  const details = problem instanceof Refused ? (problem.details as { mapping?: Mapping } | undefined) : undefined
  return details?.mapping ?? null
}
