import { type Command, InvalidArgumentError, Option } from 'commander'
import { ROLES, type Role } from '../domain/access/role.ts'
import type { GlobalOptions } from './client.ts'
import type { CliHost } from './host.ts'
import { type Run, readAll, withGlobals } from './session.ts'

interface KeyRow {
  id: string
  name: string
  role: string
}

type KeyOptions = GlobalOptions & { role: Role; mayRaise?: string[]; forD1?: boolean }

/** Commands for accounts and keys. */
export function addAccessCommands(program: Command, run: Run, host: CliHost): void {
  const user = program.command('user').description('accounts')
  withGlobals(user.command('invite <name>'))
    .description('make a one-time sign-in link')
    .addOption(roleOption())
    .option('--person <id>', 'the person whom the account belongs to')
    .action((name: string, { role, person, ...options }: GlobalOptions & { role: Role; person?: string }) =>
      run(options, async (session) => {
        const body = { name, role, ...(person === undefined ? {} : { person }) }
        const made = await session.ask<{ link: string; expiresAt: string }>('POST', '/accounts/invitations', body)
        session.say(made, `${made.link}\nWorks once, until ${made.expiresAt}.`)
      }),
    )
  const key = program.command('key').description('keys for machines')
  withGlobals(key.command('create <name>'))
    .description('make a key; its secret is shown this once')
    .addOption(roleOption())
    .option('--may-raise <template...>', 'the only templates that it may raise')
    .option('--for-d1', 'ask no service: print the SQL that puts the first key into a D1 database')
    .action((name: string, { role, mayRaise, forD1, ...options }: KeyOptions, command: Command) => {
      if (forD1 && mayRaise) command.error('--for-d1 makes a first key: it takes no --may-raise.')
      if (forD1) return sayPreparedKey(host, name, role, options.json ?? false)
      return run(options, async (session) => {
        const body = { name, role, ...(mayRaise === undefined ? {} : { mayRaise }) }
        const made = await session.ask<{ id: string; secret: string }>('POST', '/keys', body)
        session.say(made, `${made.secret}\nShown this once. Revoke it with: key revoke ${made.id}`)
      })
    })
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
}

/** The SQL alone on the standard output, so that it can go into a file; it holds a hash and no secret. */
function sayPreparedKey(host: CliHost, name: string, role: Role, json: boolean): void {
  const made = host.prepareKey(name, role)
  host.out(json ? JSON.stringify(made) : made.sql)
  if (json) return
  host.err(`${made.secret}\nShown this once, and not yet in force. Revoke it with: key revoke ${made.id}`)
}

function roleOption(): Option {
  return new Option('--role <role>', ROLES.join(', ')).makeOptionMandatory().argParser((given) => {
    const role = ROLES.find((known) => known === given.replace('-', '_'))
    if (role === undefined) throw new InvalidArgumentError(`It is one of ${ROLES.join(', ')}.`)
    return role
  })
}
