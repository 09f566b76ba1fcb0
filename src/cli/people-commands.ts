import { type Command, Option } from 'commander'
import type { PersonView } from '../contract/people.ts'
import type { GlobalOptions } from './client.ts'
import { writeOutput } from './files.ts'
import { type ImportOptions, importPeople } from './import-people.ts'
import { type Run, readAll, type Session, withGlobals } from './session.ts'

interface ExportOptions extends GlobalOptions {
  format: 'csv' | 'vcard'
  tree?: string
  out?: string
}

/** Commands for the people who can be reached. */
export function addPeopleCommands(program: Command, run: Run): void {
  const people = program.command('people').description('who can be reached')
  withGlobals(people.command('import <file>'))
    .description('import people from a CSV file or address cards (vCard)')
    .option('--preview', 'only show what would change')
    .option('--skip-refused', 'import the good rows and leave the refused out')
    .option(
      '--column <header=role>',
      'what a column holds where the guess is wrong: Handynr=mobile, Code=ignore',
      collect,
    )
    .option('--decide <line=person>', 'whom a row under review is about: 7=new, 9=P12 (id or external id)', collect)
    .option('--remove-missing <count>', 'take out those who are not in the file; say how many the preview named')
    .option('--tree <name>', 'save the call tree that "reports to" describes under this name')
    .action((file: string, options: ImportOptions) => run(options, (session) => importPeople(session, file, options)))
  withGlobals(people.command('export'))
    .description('everybody as a file that the import reads back')
    .addOption(new Option('--format <format>', 'how').choices(['csv', 'vcard']).default('csv'))
    .option('--tree <name>', 'the tree that says who reports to whom, where there are several')
    .option('--out <file>', 'write it to a file')
    .action((options: ExportOptions) => run(options, (session) => exportPeople(session, options)))
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

function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value]
}

async function exportPeople(session: Session, { format, tree, out }: ExportOptions): Promise<void> {
  const query = tree === undefined ? '' : `?${new URLSearchParams({ tree })}`
  const bytes = await session.download(`/people/export.${format === 'csv' ? 'csv' : 'vcf'}${query}`)
  if (out !== undefined) {
    await writeOutput(session.host, out, bytes)
    return session.say({ file: out }, `Written to ${out}.`)
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  session.say({ [format]: text }, text.trimEnd())
}
