import type { ImportResult } from '../../contract/people.ts'
import type { ImportDraft } from './draft-import.ts'

/** What an import did or would do, row by row. */
export function describeImport(
  id: string,
  mode: 'preview' | 'apply',
  { plan, file, tree, removed }: ImportDraft,
  savedTree: string | null,
): ImportResult {
  const { created, changed, unchanged, review, refused, missing } = plan
  return {
    id,
    mode,
    applied: mode === 'apply',
    created,
    changed,
    unchanged,
    review,
    refused,
    missing,
    ...(removed.length === 0 ? {} : { removed: removed.length }),
    encoding: file.encoding,
    columns: Object.fromEntries(file.columns.map((column) => [column.header, column.role])),
    unknownColumns: file.unknownColumns,
    ...(file.mapping.length === 0 ? {} : { mapping: file.mapping }),
    ...(file.warnings.length === 0 ? {} : { warnings: file.warnings }),
    rows: plan.rows.map(({ line, outcome, field, code, reason, person, draft, candidates }) => ({
      outcome,
      ...(line === undefined ? {} : { line }),
      ...(draft === undefined ? {} : { name: draft.name }),
      ...(field === undefined ? {} : { field }),
      ...(code === undefined ? {} : { code }),
      ...(reason === undefined ? {} : { reason }),
      ...(person === undefined ? {} : { person }),
      ...(candidates === undefined ? {} : { candidates }),
    })),
    ...(tree === null ? {} : { tree: describeTree(tree, savedTree) }),
  }
}

function describeTree({ name, nodes, problems }: NonNullable<ImportDraft['tree']>, id: string | null) {
  return {
    name,
    nodes: nodes.length,
    ...(id === null ? {} : { id }),
    problems: problems.map(({ code, reason, field, line }) => ({
      code,
      reason,
      field,
      ...(line === undefined ? {} : { line }),
    })),
  }
}

/** Characters that the memory of an answer may have: it is one value of the database, and D1 takes 2 MB. */
const LONGEST_MEMORY = 600_000

/**
 * The answer as it is remembered for a repetition of the request: whole where it is short, else without the rows that
 * need nobody and, should that not do, without the last of the others. It says how many rows are left out.
 */
export function shortenImport(result: ImportResult): ImportResult {
  if (result.rows.length < LONGEST_MEMORY / 500 || JSON.stringify(result).length <= LONGEST_MEMORY) return result
  const rows: ImportResult['rows'] = []
  const problems = result.tree?.problems.slice(0, 200) ?? []
  let length = 0
  for (const row of result.rows) {
    if (row.outcome !== 'refused' && row.outcome !== 'review') continue
    length += JSON.stringify(row).length
    if (length > LONGEST_MEMORY / 2) break
    rows.push(row)
  }
  const rowsLeftOut = result.rows.length - rows.length
  return { ...result, rows, rowsLeftOut, ...(result.tree ? { tree: { ...result.tree, problems } } : {}) }
}
