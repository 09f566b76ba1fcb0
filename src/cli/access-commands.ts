import { type Command, InvalidArgumentError, Option } from 'commander'
import { KEY_ROLES, type KeyRole, ROLES, type Role } from '../domain/access/role.ts'
import type { GlobalOptions } from './client.ts'
import type { CliHost } from './host.ts'
import { ownProblem, Refusal } from './refusal.ts'
import { type Run, readAll, type Session, withGlobals } from './session.ts'

interface AccountRow {
  id: string
  name: string
  role: string
  sessions: number
  linkUntil: string | null
}

interface KeyRow {
  id: string
  name: string
  role: string
}

type KeyOptions = GlobalOptions & { role: KeyRole; mayRaise?: string[]; forD1?: boolean }

/** Commands for accounts and keys. */
export function addAccessCommands(program: Command, run: Run, host: CliHost): void {
  const user = program.command('user').description('accounts')
  withGlobals(user.command('invite <name>'))
    .description('make a one-time sign-in link')
    .addOption(roleOption(ROLES))
    .option('--person <id>', 'the person whom the account belongs to')
    .action((name: string, { role, person, ...options }: GlobalOptions & { role: Role; person?: string }) =>
      run(options, async (session) => {
        const body = { name, role, ...(person === undefined ? {} : { person }) }
        const made = await session.ask<{ link: string; expiresAt: string }>('POST', '/accounts/invitations', body)
        session.say(made, `${made.link}\nWorks once, until ${made.expiresAt}.`)
      }),
    )
  withGlobals(user.command('list'))
    .description('list accounts')
    .action((options: GlobalOptions) =>
      run(options, async (session) => {
        const items = await readAll<AccountRow>(session, '/accounts')
        session.say(items, items.map(describeAccount).join('\n'))
      }),
    )
  withGlobals(user.command('remove <name>'))
    .description('remove an account, by its name or id; it is signed out everywhere at once')
    .action((name: string, options: GlobalOptions) =>
      run(options, async (session) => {
        const { id } = await findAccount(session, name)
        await session.ask('DELETE', `/accounts/${encodeURIComponent(id)}`)
        session.say({ removed: id }, 'Removed.')
      }),
    )
  withGlobals(user.command('sign-out <name>'))
    .description('sign an account out everywhere, as for a lost phone; by its name or id')
    .action((name: string, options: GlobalOptions) =>
      run(options, async (session) => {
        const { id } = await findAccount(session, name)
        await session.ask('DELETE', `/accounts/${encodeURIComponent(id)}/sessions`)
        session.say({ signedOut: id }, 'Signed out.')
      }),
    )
  const key = program.command('key').description('keys for machines')
  withGlobals(key.command('create <name>'))
    .description('make a key; its secret is shown this once')
    .addOption(roleOption(KEY_ROLES))
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

/** @throws Refusal `account.unknown`, or `cli.ambiguous` when several accounts have the name */
async function findAccount(session: Session, name: string): Promise<AccountRow> {
  const items = await readAll<AccountRow>(session, '/accounts')
  const found = items.filter((account) => account.id === name || account.name === name)
  const [only] = found
  if (!only) throw new Refusal(ownProblem('account.unknown', `There is no account "${name}".`, 404, 'name'))
  if (found.length === 1) return only
  const detail = `Several accounts are called "${name}". Say which by its id:\n${found.map(describeAccount).join('\n')}`
  throw new Refusal(ownProblem('cli.ambiguous', detail, 409, 'name'))
}

function describeAccount({ id, name, role, sessions, linkUntil }: AccountRow): string {
  const use =
    sessions > 0 ? `signed in ${sessions}×` : linkUntil === null ? 'not signed in' : `invited, until ${linkUntil}`
  return `${id}  ${role}  ${name}  (${use})`
}

/** The SQL alone on the standard output, so that it can go into a file; it holds a hash and no secret. */
function sayPreparedKey(host: CliHost, name: string, role: KeyRole, json: boolean): void {
  const made = host.prepareKey(name, role)
  host.out(json ? JSON.stringify(made) : made.sql)
  if (json) return
  host.err(`${made.secret}\nShown this once, and not yet in force. Revoke it with: key revoke ${made.id}`)
}

function roleOption(roles: readonly KeyRole[]): Option {
  return new Option('--role <role>', roles.join(', ')).makeOptionMandatory().argParser((given) => {
    const role = roles.find((known) => known === given.replace('-', '_'))
    if (role === undefined) throw new InvalidArgumentError(`It is one of ${roles.join(', ')}.`)
    return role
  })
}
