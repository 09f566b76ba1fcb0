import { type Command, Option } from 'commander'
import type { AlertView, PreflightResult } from '../contract/alerts.ts'
import type { GlobalOptions } from './client.ts'
import { describeAlert as describe, sayChanges } from './describe-alert.ts'
import { describePreflight } from './describe-preflight.ts'
import { writeOutput } from './files.ts'
import { addRunningAlertCommands } from './running-alert-commands.ts'
import { type Run, readAll, type Session, withGlobals } from './session.ts'

const FORMATS = ['csv', 'json', 'html'] as const

interface RaiseOptions extends GlobalOptions {
  template: string
  tree: string[]
  drill?: boolean
  live?: boolean
  preview?: boolean
}

interface ReportOptions extends GlobalOptions {
  format?: (typeof FORMATS)[number]
  out?: string
}

/** Commands for raising, watching and closing alerts, and for their reports. */
export function addAlertCommands(program: Command, run: Run): void {
  const alert = program.command('alert').description('alerts')
  addRunningAlertCommands(alert, run)
  withGlobals(alert.command('raise'))
    .description('raise an alert; say whether it is a drill or live')
    .requiredOption('--template <name>', 'what to send')
    .requiredOption('--tree <name...>', 'whom to send it to')
    .option('--drill', 'an exercise, marked so in every message')
    .option('--live', 'a real emergency')
    .option('--preview', 'only say who would be reached, how fast and for how much; nothing is sent')
    .action((options: RaiseOptions, command: Command) => {
      if ((options.drill ?? false) === (options.live ?? false)) command.error('Say either --drill or --live.')
      return run(options, (session) => raise(session, options))
    })
  withGlobals(alert.command('list'))
    .description('list alerts')
    .action((options: GlobalOptions) =>
      run(options, async (session) => {
        const items = await readAll<AlertView>(session, '/alerts')
        session.say(items, items.map(describe).join('\n'))
      }),
    )
  withGlobals(alert.command('show <id>'))
    .description('show how far an alert has got')
    .action((id: string, options: GlobalOptions) =>
      run(options, async (session) => {
        const shown = await session.ask<AlertView>('GET', `/alerts/${encodeURIComponent(id)}`)
        session.say(shown, describe(shown))
      }),
    )
  withGlobals(alert.command('close <id>'))
    .description('end an alert and send the all-clear')
    .action((id: string, options: GlobalOptions) =>
      run(options, async (session) => {
        const closed = await session.ask<AlertView>('POST', `/alerts/${encodeURIComponent(id)}/close`)
        await session.local?.dispatch(id, sayChanges(session.host.err))
        session.say(closed, describe(closed))
      }),
    )
  const drill = program.command('drill').description('drills')
  withGlobals(drill.command('report <id>'))
    .description('write the report of a drill or live alert')
    .addOption(new Option('--format <format>', 'what to write; html, or json with --json').choices(FORMATS))
    .option('--out <file>', 'write it to a file')
    .action((id: string, options: ReportOptions) => run(options, (session) => report(session, id, options)))
}

async function raise(session: Session, options: RaiseOptions): Promise<void> {
  const body = { template: options.template, trees: options.tree, kind: options.live ? 'live' : 'drill' }
  if (options.preview) {
    const found = await session.ask<PreflightResult>('POST', '/alerts/preflight', body)
    return session.say(found, describePreflight(found))
  }
  const headers = { 'idempotency-key': session.host.newId() }
  const raised = await session.ask<AlertView>('POST', '/alerts', body, headers)
  session.host.err(`Raised ${raised.id}.`)
  await session.local?.dispatch(raised.id, sayChanges(session.host.err))
  const shown = await session.ask<AlertView>('GET', `/alerts/${raised.id}`)
  session.say(shown, describe(shown))
}

async function report(session: Session, id: string, options: ReportOptions): Promise<void> {
  const { out, json, format = json ? 'json' : 'html' } = options
  const bytes = await session.download(`/reports/${encodeURIComponent(id)}.${format}`)
  if (out !== undefined) {
    await writeOutput(session.host, out, bytes)
    session.say({ written: out }, `Written to ${out}.`)
    return
  }
  const content = new TextDecoder().decode(bytes)
  if (format === 'json') session.host.out(content)
  else session.say({ format, content }, content)
}
