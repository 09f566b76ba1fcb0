import type { ImportDecisions } from '../../contract/people.ts'
import type { ColumnCorrections } from '../../domain/people/correct-columns.ts'
import { type ImportPlan, planImport } from '../../domain/people/plan-import.ts'
import { type PeopleFile, readPeopleFile } from '../../domain/people/read-people-file.ts'
import type { BuiltTree } from '../../domain/trees/build-tree.ts'
import { type WalkedNode, walkTree } from '../../domain/trees/walk-tree.ts'
import type { Deps } from '../deps.ts'
import type { Person } from '../ports/people-store.ts'
import { runSteps } from '../run-steps.ts'
import { applyPlan } from './apply-plan.ts'
import { buildImportedTree } from './build-imported-tree.ts'
import { findRemoved, readDecisions } from './read-decisions.ts'

/** What a file would do, worked out against people as they were at `basis`. */
export interface ImportDraft {
  basis: string
  file: PeopleFile
  plan: ImportPlan
  created: Person[]
  changed: Person[]
  /** People who are missing from the file and whom somebody wants taken out. */
  removed: Person[]
  tree: DraftTree | null
}

/** What is to be imported, and what somebody has said about it. */
export interface ImportSource {
  file: Uint8Array
  tree: string | null
  columns?: ColumnCorrections
}

/** Tells how far a long import is; `done` and `total` count people. */
export type ImportProgress = (phase: 'reading' | 'comparing' | 'writing', done: number, total: number) => void

interface DraftTree {
  id: string
  name: string
  /** The version that it would have. */
  version: number
  nodes: WalkedNode[]
  problems: BuiltTree['problems']
}

/** @throws Problem when the file cannot be read at all */
export function readSource(
  deps: Deps,
  { file, columns = {} }: ImportSource,
  progress: ImportProgress = () => {},
): Promise<PeopleFile> {
  const { region } = deps.settings
  const read = { region, columns, progress: (done: number, total: number) => progress('reading', done, total) }
  return runSteps(deps, readPeopleFile(file, read))
}

/**
 * Works out what a file would do.
 *
 * @throws Problem `import.decision`, `import.not_missing` for what was decided about rows and people that need no decision
 */
export async function draftImport(
  deps: Deps,
  { file, tree: treeName }: { file: PeopleFile; tree: string | null },
  decided: ImportDecisions = { decisions: [], remove: [] },
  progress: ImportProgress = () => {},
): Promise<ImportDraft> {
  progress('comparing', 0, file.rows.length)
  const basis = await deps.store.people.basis()
  const everybody: Person[] = []
  for await (const page of deps.store.people.pages()) {
    for (const person of page) everybody.push(person)
    await deps.pause(0)
  }
  const decisions = readDecisions(decided, file, everybody)
  const all = await runSteps(deps, planImport(file.rows, everybody, decisions))
  const removed = findRemoved(decided, all, everybody)
  const gone = new Set(removed)
  const known = gone.size === 0 ? everybody : everybody.filter((person) => !gone.has(person))
  // References to who goes must show as what they are, so that no tree keeps them.
  const plan = gone.size === 0 ? all : await runSteps(deps, planImport(file.rows, known, decisions))
  progress('comparing', file.rows.length, file.rows.length)
  const applied = await runSteps(deps, applyPlan(deps, plan.rows, known))
  const having = (outcome: 'created' | 'changed') =>
    plan.rows.flatMap((row) => (row.outcome === outcome ? (applied.get(row) ?? []) : []))
  const draft = { basis, file, plan, created: having('created'), changed: having('changed'), removed }
  if (treeName === null) return { ...draft, tree: null }
  const existing = await deps.store.trees.find(treeName)
  const before = existing ? await deps.store.trees.nodes(existing.id, existing.version) : []
  const { nodes, problems } = await runSteps(deps, buildImportedTree(applied, known, before, file.columns))
  return {
    ...draft,
    tree: {
      id: existing?.id ?? deps.newId(),
      name: existing?.name ?? treeName,
      version: (existing?.version ?? 0) + 1,
      nodes: walkTree(nodes),
      problems,
    },
  }
}
