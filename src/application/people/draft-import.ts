import { type ImportPlan, planImport } from '../../domain/people/plan-import.ts'
import { type PeopleFile, readPeopleFile } from '../../domain/people/read-people-file.ts'
import type { BuiltTree } from '../../domain/trees/build-tree.ts'
import { type WalkedNode, walkTree } from '../../domain/trees/walk-tree.ts'
import type { Deps } from '../deps.ts'
import type { Person } from '../ports/people-store.ts'
import { runSteps } from '../run-steps.ts'
import { applyPlan } from './apply-plan.ts'
import { buildImportedTree } from './build-imported-tree.ts'

/** What a file would do, worked out against people as they were at `basis`. */
export interface ImportDraft {
  basis: string
  file: PeopleFile
  plan: ImportPlan
  created: Person[]
  changed: Person[]
  tree: DraftTree | null
}

interface DraftTree {
  id: string
  name: string
  /** The version that it would have. */
  version: number
  nodes: WalkedNode[]
  problems: BuiltTree['problems']
}

/** Reads a file and works out what it would do. @throws Problem when the file cannot be read at all */
export async function draftImport(deps: Deps, bytes: Uint8Array, treeName: string | null): Promise<ImportDraft> {
  const file = await runSteps(deps, readPeopleFile(bytes, { region: deps.settings.region }))
  const basis = await deps.store.people.basis()
  const known: Person[] = []
  for await (const page of deps.store.people.pages()) {
    for (const person of page) known.push(person)
    await deps.pause(0)
  }
  const plan = await runSteps(deps, planImport(file.rows, known))
  const applied = await runSteps(deps, applyPlan(deps, plan.rows, known))
  const having = (outcome: 'created' | 'changed') =>
    plan.rows.flatMap((row) => (row.outcome === outcome ? (applied.get(row) ?? []) : []))
  const draft = { basis, file, plan, created: having('created'), changed: having('changed') }
  if (treeName === null) return { ...draft, tree: null }
  const existing = await deps.store.trees.find(treeName)
  const { nodes, problems } = await runSteps(deps, buildImportedTree(applied, known))
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
