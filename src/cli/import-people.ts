import type { ImportDecisions, ImportLine, ImportResult } from '../contract/people.ts'
import type { GlobalOptions } from './client.ts'
import { describeImport } from './describe-import.ts'
import { readInput } from './files.ts'
import { AlreadySaid, Misuse, ownProblem, Refusal } from './refusal.ts'
import type { Session } from './session.ts'

export interface ImportOptions extends GlobalOptions {
  preview?: boolean
  skipRefused?: boolean
  tree?: string
  column?: string[]
  decide?: string[]
  removeMissing?: string
}

/** Imports a file, or shows what that would change. What is decided about rows and people needs a preview first. */
export async function importPeople(session: Session, path: string, options: ImportOptions): Promise<void> {
  const file = await readInput(session.host, path)
  const decisions = (options.decide ?? []).map(readDecision)
  const removing = readCount(options.removeMissing)
  const inTwo = !options.preview && (decisions.length > 0 || removing !== null)
  const columns = Object.fromEntries((options.column ?? []).map(readColumn))
  const refused = options.skipRefused ? 'skip' : 'reject_all'
  const query = new URLSearchParams({
    mode: options.preview || inTwo ? 'preview' : 'apply',
    refused,
    ...(options.tree === undefined ? {} : { tree: options.tree }),
    ...(options.column ? { columns: JSON.stringify(columns) } : {}),
  })
  const type = /\.(vcf|vcard)$/i.test(path) ? 'text/vcard' : 'text/csv'
  const shown = await ask(session, `/people/imports?${query}`, file, type)
  const result = inTwo ? await decide(session, shown, refused, { decisions, removing }) : shown
  session.say(result, describeImport(result))
  // What the preview says would be refused when it is applied.
  if (options.preview && result.refused > 0 && !options.skipRefused) throw new AlreadySaid()
}

/** Nobody is taken out by a file that has become shorter than somebody thought: the count must be right. */
async function decide(
  session: Session,
  shown: ImportResult,
  refused: string,
  { decisions, removing }: { decisions: ImportDecisions['decisions']; removing: number | null },
): Promise<ImportResult> {
  const missing = shown.rows.flatMap(({ outcome, person }) => (outcome === 'missing' && person ? [person] : []))
  if (removing !== null && removing !== missing.length) {
    const detail = `${missing.length} people are missing from the file, not ${removing}. Nothing was changed.`
    throw new Refusal(ownProblem('cli.other_count', detail, 409, 'remove-missing'))
  }
  const body: ImportDecisions = { decisions, remove: removing === null ? [] : missing }
  return ask(session, `/people/imports/${shown.id}/apply?refused=${refused}`, body, 'application/json')
}

async function ask(
  session: Session,
  path: string,
  body: Uint8Array | ImportDecisions,
  type: string,
): Promise<ImportResult> {
  const { progress } = session.host
  if (!progress) {
    return session.ask<ImportResult>('POST', path, body, { 'content-type': type })
  }
  let last: ImportLine | null = null
  try {
    await session.follow<ImportLine>('POST', path, body, (line) => {
      last = line
      if ('progress' in line) progress(drawBar(line.progress))
    })
  } finally {
    progress('')
  }
  const end = last as ImportLine | null
  if (end && 'result' in end) return end.result
  if (end && 'problem' in end) throw new Refusal(end.problem)
  throw new Refusal(ownProblem('cli.cut_off', 'The answer broke off. Look whether it was done.', 502))
}

const PHASES = { reading: 'Reading', comparing: 'Comparing', writing: 'Writing' } as const
const WIDTH = 30

function drawBar({ phase, done, total }: Extract<ImportLine, { progress: unknown }>['progress']): string {
  const share = done / Math.max(total, 1)
  const filled = Math.round(share * WIDTH)
  const bar = `${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}`
  return `${PHASES[phase].padEnd(9)} [${bar}] ${String(Math.floor(share * 100)).padStart(3)} %  ${done} of ${total}`
}

function readColumn(text: string): [string, string] {
  const at = text.lastIndexOf('=')
  if (at > 0 && at < text.length - 1) return [text.slice(0, at), text.slice(at + 1)]
  throw new Misuse('cli.column', `"${text}" is no column with what it holds, such as Handynr=mobile.`, 'column')
}

function readDecision(text: string): ImportDecisions['decisions'][number] {
  const [, line, person] = /^(\d{1,7})=(.+)$/.exec(text) ?? []
  if (line && person) return { line: Number(line), person }
  throw new Misuse('cli.decide', `"${text}" is no decision such as 7=new or 9=P12.`, 'decide')
}

function readCount(text: string | undefined): number | null {
  if (text === undefined) return null
  if (/^\d{1,7}$/.test(text)) return Number(text)
  throw new Misuse('cli.count', `"${text}" is no number of people.`, 'remove-missing')
}
