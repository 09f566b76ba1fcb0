import { type Command, Option } from 'commander'
import type { AlertView } from '../contract/alerts.ts'
import { AUDIENCES, type UpdateAudience } from '../domain/alerts/alert.ts'
import type { GlobalOptions } from './client.ts'
import { describeAlert, sayChanges } from './describe-alert.ts'
import { type Run, type Session, withGlobals } from './session.ts'

interface UpdateOptions extends GlobalOptions {
  text: string
  title?: string
  to: UpdateAudience
}

interface ExtendOptions extends GlobalOptions {
  for?: string
}

interface AddOptions extends GlobalOptions {
  tree?: string[]
  person?: string[]
}

interface CancelOptions extends GlobalOptions {
  remark?: string
}

/** Commands for what can be done to an alert that is running. */
export function addRunningAlertCommands(alert: Command, run: Run): void {
  withGlobals(alert.command('update <id>'))
    .description('say something new to the recipients of a running alert')
    .requiredOption('--text <text>', 'the new text, as everyone gets it')
    .option('--title <title>', 'a new title; the old one stands where none is given')
    .addOption(new Option('--to <audience>', 'to whom').choices(AUDIENCES).default('all'))
    .action((id: string, options: UpdateOptions) =>
      run(options, (session) => {
        const { text: body, title, to: audience } = options
        return steer(session, id, 'update', { audience, text: title === undefined ? { body } : { title, body } })
      }),
    )
  withGlobals(alert.command('sent-in-error <id>'))
    .description('end an alert that should not have been sent, and say so to whoever may have received it')
    .action((id: string, options: GlobalOptions) => run(options, (session) => steer(session, id, 'correct')))
  withGlobals(alert.command('cancel <id>'))
    .description('call an alert off, and say so to whoever may have received it')
    .option('--remark <text>', 'what is said beside that')
    .action((id: string, options: CancelOptions) =>
      run(options, (session) => steer(session, id, 'cancel', { remark: options.remark })),
    )
  withGlobals(alert.command('add <id>'))
    .description('add people to a running alert; they are counted apart')
    .option('--tree <name...>', 'everybody of these trees')
    .option('--person <id...>', 'these people')
    .action((id: string, options: AddOptions, command: Command) => {
      const { tree: trees = [], person: people = [] } = options
      if (trees.length + people.length === 0) command.error('Say --tree or --person.')
      return run(options, (session) => steer(session, id, 'recipients', { trees, people }))
    })
  withGlobals(alert.command('extend <id>'))
    .description('let an alert go on, so that its lifetime does not end it')
    .option('--for <duration>', 'from now, such as PT4H; the lifetime of its template where nothing is said')
    .action((id: string, options: ExtendOptions) =>
      run(options, (session) => steer(session, id, 'extend', { for: options.for })),
    )
}

async function steer(session: Session, id: string, what: string, body: object = {}): Promise<void> {
  const headers = { 'idempotency-key': session.host.newId() }
  const shown = await session.ask<AlertView>('POST', `/alerts/${encodeURIComponent(id)}/${what}`, body, headers)
  await session.local?.dispatch(id, sayChanges(session.host.err))
  session.say(shown, describeAlert(shown))
}
