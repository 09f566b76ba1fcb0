import type { Missing, Result } from './results.ts'

const HEADS = ['bench', 'case', 'n', 'ours', 'beside', 'ratio', 'target', 'rounds']

/** Results as a Markdown table, aligned for whoever reads it in a terminal; below it who could not take part. */
export function writeTable(lines: readonly (Result | Missing)[]): string {
  const results = lines.filter((line): line is Result => 'value' in line)
  const rows = [HEADS, HEADS.map(() => '---'), ...results.map(cellsOf)]
  const widths = HEADS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const table = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  const absent = lines.flatMap((line) =>
    'missing' in line ? [`- ${line.bench}: ${line.missing} did not take part. To have it: \`${line.install}\``] : [],
  )
  const [machine] = results.map(({ node, cpu }) => `Node ${node}, ${cpu}.`)
  return [...table, '', ...(machine ? [machine] : []), ...absent, ''].join('\n')
}

function cellsOf(result: Result): string[] {
  const sign = result.met === undefined ? '' : result.met ? ' ✓' : ' ✗'
  const noise = [
    ...(result.noisy ? [`${result.noisy} disturbed`] : []),
    ...(result.thrown_away ? [`${result.thrown_away} thrown away`] : []),
  ]
  return [
    result.bench,
    result.case,
    String(result.n),
    `${result.value} ${result.unit}`,
    result.ratio_to,
    String(result.ratio),
    `${result.target ?? ''}${sign}`,
    [String(result.runs), ...noise].join(', '),
  ]
}

/** Reads the lines that a run has printed. */
export function readResults(text: string): (Result | Missing)[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Result | Missing)
}
