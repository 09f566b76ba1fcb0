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
    ...(result.removed === undefined
      ? []
      : [`  removed   ${String(result.removed).padStart(6)} (of those who were missing)`]),
    ...describeRows(result.rows.filter(({ outcome, reason, code }) => outcome === 'missing' || reason || code)),
    `Read as ${result.encoding}.${describeColumns(result)}`,
    ...(result.unknownColumns.length === 0 ? [] : [`Columns not read: ${result.unknownColumns.join(', ')}`]),
    ...(result.warnings ?? []),
    ...describeTree(result),
  ].join('\n')
}

function describeColumns({ columns }: ImportResult): string {
  const read = Object.entries(columns).map(([header, role]) => (header === role ? header : `${header} (${role})`))
  return read.length === 0 ? '' : ` Columns: ${read.join(', ')}`
}

/** The refused rows and those that a person must decide, one line each. */
export function describeBadRows({ rows }: Pick<ImportResult, 'rows'>): string[] {
  return describeRows(rows.filter(({ outcome }) => outcome === 'refused' || outcome === 'review'))
}

/** One line each: line, outcome, field, name, reason. */
function describeRows(rows: ImportResult['rows']): string[] {
  const width = Math.max(0, ...rows.map(({ field }) => field?.length ?? 1))
  return rows.flatMap(({ line, outcome, field, name, reason, code, candidates = [] }) => {
    const said = [name && reason ? `${name}:` : name, reason, code && `[${code}]`].filter(Boolean).join(' ')
    const row = `  line ${String(line ?? '-').padEnd(5)} ${outcome.padEnd(9)} ${(field ?? '-').padEnd(width)}  ${said}`
    const choices = candidates.map(({ id, name: known, about }) => `      --decide ${line}=${id}   ${known} (${about})`)
    return [row, ...choices, ...(choices.length > 0 ? [`      --decide ${line}=new`] : [])]
  })
}

function describeTree({ tree }: ImportResult): string[] {
  if (!tree) return []
  const problems = tree.problems.map(
    ({ line, reason, code }) => `  ${line === undefined ? '' : `line ${line}: `}${reason} [${code}]`,
  )
  return [`Tree "${tree.name}": ${tree.nodes} people.`, ...problems]
}
