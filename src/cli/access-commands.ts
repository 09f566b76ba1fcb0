import type { Command } from 'commander'
import { type GlobalOptions, Refusal } from './client.ts'
import { type Run, readAll, withGlobals } from './session.ts'

interface KeyRow {
  id: string
  name: string
  role: string
}

/** Commands for accounts, keys, and the health of the service. */
export function addAccessCommands(program: Command, run: Run): void {
  const user = program.command('user').description('accounts')
  withGlobals(user.command('invite <name>'))
    .description('make a one-time sign-in link')
    .requiredOption('--role <role>', 'commander, administrator, risk_manager or responder')
    .option('--person <id>', 'the person whom the account belongs to')
    .action((name: string, { role, person, ...options }: GlobalOptions & { role: string; person?: string }) =>
      run(options, async (session) => {
        const body = { name, role: role.replace('-', '_'), ...(person === undefined ? {} : { person }) }
        const made = await session.ask<{ link: string; expiresAt: string }>('POST', '/accounts/invitations', body)
        session.say(made, `${made.link}\nWorks once, until ${made.expiresAt}.`)
      }),
    )
  const key = program.command('key').description('keys for machines')
  withGlobals(key.command('create <name>'))
    .description('make a key; its secret is shown this once')
    .requiredOption('--role <role>', 'commander, administrator, risk_manager or responder')
    .option('--may-raise <template...>', 'the only templates that it may raise')
    .action((name: string, { role, mayRaise, ...options }: GlobalOptions & { role: string; mayRaise?: string[] }) =>
      run(options, async (session) => {
        const body = { name, role: role.replace('-', '_'), ...(mayRaise === undefined ? {} : { mayRaise }) }
        const made = await session.ask<{ id: string; secret: string }>('POST', '/keys', body)
        session.say(made, `${made.secret}\nShown this once. Revoke it with: key revoke ${made.id}`)
      }),
    )
  withGlobals(key.command('list'))
    .description('list keys')
    .action((options: GlobalOptions) =>
      run(options, async (session) => {
        const items = await readAll<KeyRow>(session, '/keys')
        session.say(items, items.map(({ id, name, role }) => `${id}  ${role}  ${name}`).join('\n'))
      }),
    )
  withGlobals(key.command('revoke <id>'))
    .description('revoke a key')
    .action((id: string, options: GlobalOptions) =>
      run(options, async (session) => {
        await session.ask('DELETE', `/keys/${encodeURIComponent(id)}`)
        session.say({ revoked: id }, 'Revoked.')
      }),
    )
  withGlobals(program.command('doctor'))
    .description('say whether the service could raise an alert now')
    .action((options: GlobalOptions) =>
      run(options, async (session) => {
        const ready = await session.ask<{ ok: boolean; channels: string[] }>('GET', '/readiness')
        session.say(ready, ready.ok ? `Ready: ${ready.channels.join(', ')}.` : 'Not ready.')
        if (!ready.ok) throw new Refusal('The service could not raise an alert now.')
      }),
    )
}
