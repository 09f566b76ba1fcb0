import type { Command } from 'commander'
import type { ImportResult, PersonView } from '../contract/people.ts'
import type { TemplateView } from '../contract/templates.ts'
import type { TreeSummary, TreeView } from '../contract/trees.ts'
import type { GlobalOptions } from './client.ts'
import { type Run, readAll, type Session, withGlobals } from './session.ts'

interface ImportOptions extends GlobalOptions {
  preview?: boolean
  skipRefused?: boolean
  tree?: string
}

/** Commands for people, trees and templates. */
export function addPeopleCommands(program: Command, run: Run): void {
  const people = program.command('people').description('who can be reached')
  withGlobals(people.command('import <file>'))
    .description('import people from a CSV file')
    .option('--preview', 'only show what would change')
    .option('--skip-refused', 'import the good rows and leave the refused out')
    .option('--tree <name>', 'save the call tree that "reports to" describes under this name')
    .action((file: string, options: ImportOptions) => run(options, (session) => importPeople(session, file, options)))
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
  const trees = program.command('trees').description('call trees')
  withGlobals(trees.command('import <file>'))
    .description('save a call tree from a JSON file')
    .action((file: string, options: GlobalOptions) =>
      run(options, async (session) => {
        const tree = await session.ask<TreeView>('POST', '/trees', await session.host.readFile(file))
        session.say(tree, `Saved "${tree.name}" with ${tree.people} people.`)
      }),
    )
  withGlobals(trees.command('list'))
    .description('list trees')
    .action((options: GlobalOptions) =>
      run(options, async (session) => {
        const items = await readAll<TreeSummary>(session, '/trees')
        session.say(items, items.map(({ name, people: count }) => `${name}  ${count} people`).join('\n'))
      }),
    )
  const templates = program.command('templates').description('prepared texts')
  withGlobals(templates.command('import <file>'))
    .description('save templates from a JSON file: one, or a list')
    .action((file: string, options: GlobalOptions) =>
      run(options, async (session) => {
        const content = JSON.parse(new TextDecoder().decode(await session.host.readFile(file))) as unknown
        const saved: TemplateView[] = []
        for (const body of Array.isArray(content) ? content : [content]) {
          saved.push(await session.ask<TemplateView>('POST', '/templates', body))
        }
        session.say(saved, saved.map(({ name }) => `Saved "${name}".`).join('\n'))
      }),
    )
  withGlobals(templates.command('list'))
    .description('list templates')
    .action((options: GlobalOptions) =>
      run(options, async (session) => {
        const items = await readAll<TemplateView>(session, '/templates')
        session.say(items, items.map(({ name }) => name).join('\n'))
      }),
    )
}

async function importPeople(session: Session, path: string, options: ImportOptions): Promise<void> {
  const file = await session.host.readFile(path)
  const query = new URLSearchParams({
    mode: options.preview ? 'preview' : 'apply',
    refused: options.skipRefused ? 'skip' : 'reject_all',
    ...(options.tree === undefined ? {} : { tree: options.tree }),
  })
  const result = await session.ask<ImportResult>('POST', `/people/imports?${query}`, file, {
    'content-type': 'text/csv',
  })
  const { created, changed, unchanged, review, refused, missing } = result
  const bad = result.rows.filter((row) => row.outcome === 'refused' || row.outcome === 'review')
  session.say(
    result,
    [
      `${result.applied ? 'Imported' : 'Preview'}: ${created} created, ${changed} changed, ${unchanged} unchanged, ${review} to review, ${refused} refused, ${missing} not in the file`,
      ...bad.map((row) => `  line ${row.line}: ${row.field ?? ''}: ${row.reason ?? ''}`),
    ].join('\n'),
  )
}
