import type { ImportResult } from '../contract/people.ts'

const OUTCOMES = ['created', 'changed', 'unchanged', 'review', 'refused', 'missing'] as const
const EXPLAINED = { review: ' (a person must decide)', missing: ' (known here, not in the file)' } as const

/** What an import did or would do: the counts, the rows that need somebody, and what is wrong with the tree. */
export function describeImport(result: ImportResult): string {
  return [
    result.applied ? 'Imported.' : 'Preview: nothing has been changed.',
    ...OUTCOMES.map((outcome) => {
      const note = outcome === 'review' || outcome === 'missing' ? EXPLAINED[outcome] : ''
      return `  ${outcome.padEnd(10)}${String(result[outcome]).padStart(6)}${note}`
    }),
    ...describeBadRows(result),
    ...(result.unknownColumns.length === 0 ? [] : [`Columns not read: ${result.unknownColumns.join(', ')}`]),
    ...(result.warnings ?? []),
    ...describeTree(result),
  ].join('\n')
}

/** The refused rows and those that a person must decide, one line each: line, outcome, field, reason. */
export function describeBadRows({ rows }: Pick<ImportResult, 'rows'>): string[] {
  const bad = rows.filter(({ outcome }) => outcome === 'refused' || outcome === 'review')
  const width = Math.max(0, ...bad.map(({ field }) => field?.length ?? 1))
  return bad.map(
    ({ line, outcome, field, reason, code }) =>
      `  line ${String(line ?? '-').padEnd(5)} ${outcome.padEnd(8)} ${(field ?? '-').padEnd(width)}  ${reason ?? ''}${code ? ` [${code}]` : ''}`,
  )
}

function describeTree({ tree }: ImportResult): string[] {
  if (!tree) return []
  const problems = tree.problems.map(
    ({ line, reason, code }) => `  ${line === undefined ? '' : `line ${line}: `}${reason} [${code}]`,
  )
  return [`Tree "${tree.name}": ${tree.nodes} people.`, ...problems]
}
