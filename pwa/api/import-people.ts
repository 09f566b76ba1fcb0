import type { ImportDecisions, ImportLine, ImportResult } from '../../src/contract/people.ts'
import { Refused, requestLines, Unreachable } from './request.ts'

export type ImportProgress = Extract<ImportLine, { progress: unknown }>['progress']
type Watch = (progress: ImportProgress) => void

const LONGEST = 900_000

/** What a file would change; `columns` corrects what the service takes columns for, by their number. */
export function previewImport(
  file: File,
  tree: string,
  columns: Readonly<Record<string, string>>,
  watch: Watch,
): Promise<ImportResult> {
  const query = new URLSearchParams({ mode: 'preview', refused: 'skip', ...(tree === '' ? {} : { tree }) })
  if (Object.keys(columns).length > 0) query.set('columns', JSON.stringify(columns))
  const type = /\.(vcf|vcard)$/i.test(file.name) ? 'text/vcard' : 'text/csv'
  return follow(`/people/imports?${query}`, { file: { content: file, type } }, watch)
}

export function applyImport(id: string, decided: ImportDecisions, watch: Watch): Promise<ImportResult> {
  return follow(`/people/imports/${id}/apply`, { json: decided }, watch)
}

async function follow(path: string, options: Parameters<typeof requestLines>[2], watch: Watch): Promise<ImportResult> {
  const ends: ImportLine[] = []
  await requestLines<ImportLine>('POST', path, { ...options, timeout: LONGEST }, (line) => {
    if ('progress' in line) watch(line.progress)
    else ends.push(line)
  })
  const [end] = ends
  if (end && 'result' in end) return end.result
  if (end && 'problem' in end) throw new Refused(end.problem.status, end.problem)
  throw new Unreachable('The answer of the service was cut off.')
}
