import type { Command } from 'commander'
import type { ImportResult, PersonView } from '../contract/people.ts'
import type { GlobalOptions } from './client.ts'
import { describeImport } from './describe-import.ts'
import { readInput } from './files.ts'
import { AlreadySaid } from './refusal.ts'
import { type Run, readAll, type Session, withGlobals } from './session.ts'

interface ImportOptions extends GlobalOptions {
  preview?: boolean
  skipRefused?: boolean
  tree?: string
}

/** Commands for the people who can be reached. */
export function addPeopleCommands(program: Command, run: Run): void {
  const people = program.command('people').description('who can be reached')
  withGlobals(people.command('import <file>'))
    .description('import people from a CSV file or address cards (vCard)')
    .option('--preview', 'only show what would change')
    .option('--skip-refused', 'import the good rows and leave the refused out')
    .option('--tree <name>', 'save the call tree that "reports to" describes under this name')
    .action((file: string, options: ImportOptions) => run(options, (session) => importPeople(session, file, options)))
  withGlobals(people.command('export'))
    .description('everybody as a CSV that the import reads back')
    .action((options: GlobalOptions) =>
      run(options, async (session) => {
        const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await session.download('/people/export.csv'))
        session.say({ csv }, csv.trimEnd())
      }),
    )
  withGlobals(people.command('list'))
    .description('list people')
    .action((options: GlobalOptions) =>
      run(options, async (session) => {
        const items = await readAll<PersonView>(session, '/people')
        session.say(
          items,
          items.map(({ name, contactPoints }) => `${name}  ${contactPoints.length} contact points`).join('\n'),
        )
      }),
    )
}

async function importPeople(session: Session, path: string, options: ImportOptions): Promise<void> {
  const file = await readInput(session.host, path)
  const query = new URLSearchParams({
    mode: options.preview ? 'preview' : 'apply',
    refused: options.skipRefused ? 'skip' : 'reject_all',
    ...(options.tree === undefined ? {} : { tree: options.tree }),
  })
  const result = await session.ask<ImportResult>('POST', `/people/imports?${query}`, file, {
    'content-type': 'text/csv',
  })
  session.say(result, describeImport(result))
  // What the preview says would be refused when it is applied.
  if (options.preview && result.refused > 0 && !options.skipRefused) throw new AlreadySaid()
}
