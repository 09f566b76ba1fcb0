import type { ImportDecisions, ImportResult } from '../../contract/people.ts'
import { type Actor, nameOf } from '../../domain/access/role.ts'
import { Problem } from '../../domain/errors.ts'
import { audited } from '../audited.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, findDone, type Once } from '../once.ts'
import type { Person } from '../ports/people-store.ts'
import type { Statement } from '../ports/statement.ts'
import { describeImport, shortenImport } from './describe-import.ts'
import { draftImport, type ImportDraft, type ImportProgress, type ImportSource, readSource } from './draft-import.ts'
import { readReading, writeReading } from './keep-reading.ts'

export interface ImportRequest extends ImportSource {
  mode: 'preview' | 'apply'
  refused: 'reject_all' | 'skip'
}

/** How often an import looks again when people change between its reading and its writing. */
const TRIES = 4

/**
 * Shows what a file would change, or changes it: all of it or, with `skip`, all but the refused rows, in one commit.
 *
 * @throws Problem what the file cannot be read for; `import.refused_rows` when rows are refused and nothing may be left
 *   out; `import.people_changed` when others kept changing people meanwhile
 */
export async function importPeople(
  deps: Deps,
  actor: Actor,
  request: ImportRequest,
  once: Once | null,
  progress?: ImportProgress,
): Promise<ImportResult> {
  const earlier = once && (await findDone<ImportResult>(deps, actor, once))
  if (earlier) return earlier.result
  const id = deps.newId()
  if (request.mode === 'preview') return preview(deps, actor, id, request, once, progress)
  const file = await readSource(deps, request, progress)
  for (let tries = 1; ; tries++) {
    const draft = await draftImport(deps, { file, tree: request.tree }, undefined, progress)
    try {
      return await apply(deps, actor, { id, draft, refused: request.refused, mark: [], progress }, once)
    } catch (error) {
      if (!(await isOutdated(deps, draft))) throw error
      if (tries === TRIES)
        throw peopleChanged('Others are changing people right now, so nothing was imported. Try again.')
    }
  }
}

/**
 * Applies a preview exactly as it was shown, with what somebody has decided about the rows under review and about the
 * people who are missing from the file.
 *
 * @throws Problem `import.unknown`, `import.already_applied`, `import.people_changed`, `import.refused_rows`,
 *   `import.decision`, `import.not_missing`; `person.in_alert` when somebody who is to be taken out is in a running alert
 */
export async function applyImport(
  deps: Deps,
  actor: Actor,
  id: string,
  decided: ImportDecisions & { refused: 'reject_all' | 'skip' | null },
  once: Once | null,
  progress?: ImportProgress,
): Promise<ImportResult> {
  const earlier = once && (await findDone<ImportResult>(deps, actor, once))
  if (earlier) return earlier.result
  const pending = await deps.store.people.import(id)
  if (!pending) throw new Problem('missing', 'import.unknown', 'There is no such preview.')
  if (pending.appliedAt !== null) throw alreadyApplied()
  if ((await deps.store.people.basis()) !== pending.basis) throw peopleChanged(OUTDATED)
  const file = await readReading(deps.store.people.importPieces(id), (done, total) => {
    progress?.('reading', done, total)
    return deps.pause(0)
  })
  if (!file) {
    if (await isApplied(deps, id)) throw alreadyApplied()
    throw peopleChanged((await deps.store.people.basis()) === pending.basis ? OTHER_VERSION : OUTDATED)
  }
  const draft = await draftImport(deps, { file, tree: pending.treeName }, decided, progress)
  if (draft.basis !== pending.basis) throw peopleChanged(OUTDATED)
  const asked = decided.despiteAlerts ? [] : draft.removed
  await refuseAlerted(deps, asked)
  const { people } = deps.store
  const unalerted = asked.length === 0 ? [] : [people.requireNotAlerted(asked.map(({ id }) => id))]
  const mark = [...unalerted, ...people.markImportApplied(id, deps.clock())]
  try {
    const refused = decided.refused ?? pending.refused
    return await apply(deps, actor, { id, draft, refused, mark, progress }, once)
  } catch (error) {
    if (await isApplied(deps, id)) throw alreadyApplied()
    if (await isOutdated(deps, draft)) throw peopleChanged(OUTDATED)
    await refuseAlerted(deps, asked)
    throw error
  }
}

/** @throws Problem `person.in_alert` with the names of those on whom a running alert counts */
async function refuseAlerted(deps: Deps, leaving: readonly Person[]): Promise<void> {
  if (leaving.length === 0) return
  const alerted = new Set(await deps.store.people.alertedAmong(leaving.map(({ id }) => id)))
  if (alerted.size === 0) return
  const names = leaving.filter(({ id }) => alerted.has(id)).map(({ name }) => name)
  const more = names.length > 10 ? ` and ${names.length - 10} more` : ''
  const message = `Nothing was changed: a running alert counts on ${names.slice(0, 10).join(', ')}${more}. To take them out of it as well, say so.`
  throw new Problem('conflict', 'person.in_alert', message, { field: 'despiteAlerts' })
}

async function preview(
  deps: Deps,
  actor: Actor,
  id: string,
  request: ImportRequest,
  once: Once | null,
  progress: ImportProgress | undefined,
) {
  const { refused, tree } = request
  const file = await readSource(deps, request, progress)
  const draft = await draftImport(deps, { file, tree }, undefined, progress)
  const { people } = deps.store
  const pending = { id, basis: draft.basis, refused, treeName: tree, appliedAt: null }
  const statements = people.saveImport({ ...pending, createdAt: deps.clock(), createdBy: nameOf(actor) })
  let number = 0
  for (const piece of writeReading(file)) {
    statements.push(people.saveImportPiece(id, number++, piece))
    await deps.pause(0)
  }
  const answer = describeImport(id, 'preview', draft, null)
  return (await commitOnce(deps, actor, once, statements, answer, shortenImport)).result
}

interface Application {
  id: string
  draft: ImportDraft
  refused: 'reject_all' | 'skip'
  /** What marks the preview as applied. */
  mark: readonly Statement[]
  progress: ImportProgress | undefined
}

async function apply(
  deps: Deps,
  actor: Actor,
  { id, draft, refused, mark, progress }: Application,
  once: Once | null,
): Promise<ImportResult> {
  const { plan, tree } = draft
  if (plan.refused > 0 && refused === 'reject_all') {
    const bad = plan.rows.find((row) => row.outcome === 'refused')
    const message = `Nothing was changed: ${plan.refused} of the rows are refused. The first is line ${bad?.line}: ${bad?.reason}`
    const details = { ...describeImport(id, 'apply', draft, null), applied: false }
    throw new Problem('invalid', 'import.refused_rows', message, { field: bad?.field, details })
  }
  const saved = tree && tree.nodes.length > 0 ? tree : null
  const { created, changed } = plan
  const statements = [
    ...mark,
    ...(await write(deps, nameOf(actor), draft, saved, progress)),
    audited(deps, actor, 'people.import', id, {
      created,
      changed,
      refused: plan.refused,
      removed: draft.removed.length,
      tree: saved?.id ?? null,
    }),
  ]
  const answer = describeImport(id, 'apply', draft, saved?.id ?? null)
  return (await commitOnce(deps, actor, once, statements, answer, shortenImport)).result
}

/** Sealing the addresses of so many people takes some 20 ms. */
const SLICE = 500

/** The whole import as one commit, which fails when anything that it was worked out from has changed. */
async function write(
  deps: Deps,
  by: string,
  draft: ImportDraft,
  saved: ImportDraft['tree'],
  progress: ImportProgress = () => {},
): Promise<Statement[]> {
  const { people, trees } = deps.store
  const now = deps.clock()
  const leaving = draft.removed.map(({ id: person, version }) => ({ id: person, version }))
  const total = draft.created.length + draft.changed.length
  let done = 0
  const statements = [people.requireBasis(draft.basis), ...people.remove(leaving, now, by)]
  for (const act of ['created', 'changed'] as const) {
    for (let start = 0; start < draft[act].length; start += SLICE) {
      const some = draft[act].slice(start, start + SLICE)
      statements.push(...(act === 'created' ? people.add(some, now, by) : people.change(some, now, by)))
      done += some.length
      progress('writing', done, total)
      await deps.pause(0)
    }
  }
  if (saved) {
    const { id, name, version, nodes } = saved
    const head = { id, name, version, people: nodes.length }
    if (version > 1) statements.push(trees.requireVersion(id, version - 1))
    statements.push(...(version > 1 ? trees.change(head, nodes, now, by) : trees.add(head, nodes, now, by)))
  }
  return statements
}

async function isOutdated({ store }: Deps, { basis, tree }: ImportDraft): Promise<boolean> {
  if ((await store.people.basis()) !== basis) return true
  return tree !== null && ((await store.trees.find(tree.name))?.version ?? 0) !== tree.version - 1
}

async function isApplied({ store }: Deps, id: string): Promise<boolean> {
  return (await store.people.import(id))?.appliedAt !== null
}

const OTHER_VERSION = 'This preview was made by another version of this service. Make a new one.'
const OUTDATED = 'People have changed since this preview was made. Make a new one.'

function peopleChanged(message: string): Problem {
  return new Problem('conflict', 'import.people_changed', message)
}

function alreadyApplied(): Problem {
  return new Problem('conflict', 'import.already_applied', 'This preview has been applied already.')
}
