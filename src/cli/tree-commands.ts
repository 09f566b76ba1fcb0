import type { Command } from 'commander'
import type { TemplateView } from '../contract/templates.ts'
import type { TreeSummary, TreeView } from '../contract/trees.ts'
import { checkTrees } from './check-trees.ts'
import type { GlobalOptions } from './client.ts'
import { readJson } from './files.ts'
import { Refusal } from './refusal.ts'
import { type Run, readAll, type Session, withGlobals } from './session.ts'

/** Commands for what is prepared before an alert: call trees and templates. */
export function addTreeCommands(program: Command, run: Run): void {
  const trees = program.command('trees').description('call trees')
  withGlobals(trees.command('import <file>'))
    .description('save a call tree from a JSON file')
    .action((file: string, options: GlobalOptions) =>
      run(options, async (session) => {
        const tree = await session.ask<TreeView>('POST', '/trees', await readJson(session.host, file))
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
  withGlobals(trees.command('check [name]'))
    .description('say what is weak about people and trees; status 1 when somebody may not be reached because of it')
    .option('--span <people>', 'more people than this are too many for one to call')
    .action((name: string | undefined, options: GlobalOptions & { span?: string }) =>
      run(options, (session) => checkTrees(session, name, options.span)),
    )
  const templates = program.command('templates').description('prepared texts')
  withGlobals(templates.command('import <file>'))
    .description('save templates from a JSON file: one, or a list')
    .action((file: string, options: GlobalOptions) =>
      run(options, async (session) => {
        const saved = await saveTemplates(session, await readJson(session.host, file))
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

/** Saves them in order, and says of a refused one which it is and that those before it are saved. */
async function saveTemplates(session: Session, content: unknown): Promise<TemplateView[]> {
  const bodies: unknown[] = Array.isArray(content) ? content : [content]
  const saved: TemplateView[] = []
  for (const body of bodies) {
    try {
      saved.push(await session.ask<TemplateView>('POST', '/templates', body))
    } catch (error) {
      if (!(error instanceof Refusal) || bodies.length === 1) throw error
      const where = `Template ${saved.length + 1} of ${bodies.length} (those before it are saved)`
      throw new Refusal({ ...error.problem, detail: `${where}: ${error.problem.detail}` })
    }
  }
  return saved
}
