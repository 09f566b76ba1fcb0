import type { ImportResult } from '../../contract/people.ts'
import { type Actor, nameOf } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { type ImportPlan, planImport } from '../../domain/people/plan-import.ts'
import { type PeopleFile, readPeopleFile } from '../../domain/people/read-people-file.ts'
import type { BuiltTree } from '../../domain/trees/build-tree.ts'
import { walkTree } from '../../domain/trees/walk-tree.ts'
import { audited } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, findDone, type Once } from '../once.ts'
import type { Person } from '../ports/people-store.ts'
import { applyPlan } from './apply-plan.ts'
import { buildImportedTree } from './build-imported-tree.ts'

export interface ImportRequest {
  file: Uint8Array
  mode: 'preview' | 'apply'
  refused: 'reject_all' | 'skip'
  tree: string | null
}

/**
 * Shows what a file would change, or changes it: all of it or, with `skip`, all but the refused rows, in one commit.
 *
 * @throws Problem what the file cannot be read for; `import.refused_rows` when rows are refused and nothing may be left out
 */
export async function importPeople(
  deps: Deps,
  actor: Actor,
  request: ImportRequest,
  once: Once | null,
): Promise<ImportResult> {
  const earlier = once && (await findDone<ImportResult>(deps, actor, once))
  if (earlier) return earlier.result
  const id = deps.newId()
  if (request.mode === 'apply') return apply(deps, actor, id, request, once, null)

  const { store } = deps
  const basis = await store.people.basis()
  const draft = await draftImport(deps, request)
  const now = deps.clock()
  const { file, refused } = request
  const pending = { id, basis, refused, treeName: request.tree, file, appliedAt: null }
  const statements = store.people.saveImport({ ...pending, createdAt: now, createdBy: nameOf(actor) })
  const { result } = await commitOnce(deps, actor, once, statements, toResult(id, request, draft, null))
  return result
}

/**
 * Applies a preview exactly as it was shown.
 *
 * @throws Problem `import.unknown`, `import.already_applied`, `import.people_changed`, `import.refused_rows`
 */
export async function applyImport(
  deps: Deps,
  actor: Actor,
  id: string,
  refused: 'reject_all' | 'skip' | null,
  once: Once | null,
): Promise<ImportResult> {
  const earlier = once && (await findDone<ImportResult>(deps, actor, once))
  if (earlier) return earlier.result
  const pending = await deps.store.people.import(id)
  if (!pending) throw new Problem('missing', 'import.unknown', 'There is no such preview.')
  if (pending.appliedAt !== null) {
    throw new Problem('conflict', 'import.already_applied', 'This preview has been applied already.')
  }
  if (pending.basis !== (await deps.store.people.basis())) {
    const message = 'People have changed since this preview was made. Make a new one.'
    throw new Problem('conflict', 'import.people_changed', message)
  }
  const request = { ...pending, mode: 'apply', refused: refused ?? pending.refused, tree: pending.treeName } as const
  return apply(deps, actor, id, request, once, pending.basis)
}

interface Draft {
  file: PeopleFile
  plan: ImportPlan
  people: Person[]
  tree: (BuiltTree & { id: string; version: number }) | null
}

async function draftImport(deps: Deps, request: ImportRequest): Promise<Draft> {
  const file = readPeopleFile(request.file, { region: deps.settings.region })
  const known = await deps.store.people.all()
  const plan = planImport(file.rows, known)
  const applied = applyPlan(deps, plan.rows, known)
  const rows = plan.rows.filter((row) => row.outcome === 'created' || row.outcome === 'changed')
  const people = rows.map((row) => applied.get(row)).filter((person) => person !== undefined)
  if (request.tree === null) return { file, plan, people, tree: null }
  const existing = await deps.store.trees.find(request.tree)
  const built = buildImportedTree(applied, known)
  return {
    file,
    plan,
    people,
    tree: {
      problems: built.problems,
      nodes: walkTree(built.nodes),
      id: existing?.id ?? deps.newId(),
      version: (existing?.version ?? 0) + 1,
    },
  }
}

async function apply(
  deps: Deps,
  actor: Actor,
  id: string,
  request: ImportRequest,
  once: Once | null,
  preview: string | null,
): Promise<ImportResult> {
  const { store } = deps
  const draft = await draftImport(deps, request)
  const now = deps.clock()
  if (draft.plan.refused > 0 && request.refused === 'reject_all') {
    const bad = draft.plan.rows.find((row) => row.outcome === 'refused')
    const message = `Nothing was changed: ${draft.plan.refused} of the rows are refused. The first is line ${bad?.line}: ${bad?.reason}`
    const details = toResult(id, request, draft, null)
    throw new Problem('invalid', 'import.refused_rows', message, { field: bad?.field, details })
  }
  const { tree, plan, people } = draft
  const saved = tree && tree.nodes.length > 0 ? tree : null
  const statements = [
    ...(preview === null ? [] : [store.people.markImportApplied(id, now)]),
    ...store.people.save(people, now),
    ...(saved
      ? store.trees.save(
          { id: saved.id, name: request.tree ?? '', version: saved.version, people: saved.nodes.length },
          saved.nodes,
          now,
        )
      : []),
    audited(deps, actor, 'people.import', id, {
      created: plan.created,
      changed: plan.changed,
      refused: plan.refused,
      tree: saved?.id ?? null,
    }),
  ]
  const { result } = await commitOnce(deps, actor, once, statements, toResult(id, request, draft, saved?.id ?? null))
  return result
}

function toResult(id: string, request: ImportRequest, draft: Draft, treeId: string | null): ImportResult {
  const { plan, file, tree } = draft
  const { created, changed, unchanged, review, refused, missing } = plan
  return {
    id,
    mode: request.mode,
    applied: request.mode === 'apply',
    created,
    changed,
    unchanged,
    review,
    refused,
    missing,
    encoding: file.encoding,
    columns: Object.fromEntries(file.columns.map((column) => [column.header, column.role])),
    unknownColumns: file.unknownColumns,
    rows: plan.rows.map(({ line, outcome, field, code, reason, person, draft: rowDraft }) => ({
      outcome,
      ...(line === undefined ? {} : { line }),
      ...(rowDraft === undefined ? {} : { name: rowDraft.name }),
      ...(field === undefined ? {} : { field }),
      ...(code === undefined ? {} : { code }),
      ...(reason === undefined ? {} : { reason }),
      ...(person === undefined ? {} : { person }),
    })),
    ...(tree === null
      ? {}
      : {
          tree: {
            name: request.tree ?? '',
            nodes: tree.nodes.length,
            ...(treeId === null ? {} : { id: treeId }),
            problems: tree.problems.map(({ code, reason, field, line }) => ({
              code,
              reason,
              field,
              ...(line === undefined ? {} : { line }),
            })),
          },
        }),
  }
}
