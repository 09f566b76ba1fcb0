import { Command, CommanderError } from 'commander'
import { addAccessCommands } from './access-commands.ts'
import { addAlertCommands } from './alert-commands.ts'
import { connect, Refusal } from './client.ts'
import type { CliHost } from './host.ts'
import { addPeopleCommands } from './people-commands.ts'
import type { Run } from './session.ts'

/** Runs one command. Answers the exit status: 0, 1 when it ran and the answer is no, 2 for wrong use. */
export async function runCli(argv: readonly string[], host: CliHost): Promise<number> {
  const program = new Command('tocsin').description('Emergency alerts and call trees').exitOverride()
  program.configureOutput({
    writeOut: (text) => host.out(text.trimEnd()),
    writeErr: (text) => host.err(text.trimEnd()),
  })
  let json = false
  const run: Run = async (options, work) => {
    json = options.json ?? false
    const client = await connect(host, options)
    try {
      const say = (document: unknown, text: string) => host.out(options.json ? JSON.stringify(document) : text)
      await work({ ...client, host, say })
    } finally {
      await client.local?.close()
    }
  }
  program
    .command('serve')
    .description('serve until told to stop')
    .action(() => host.serve())
  addPeopleCommands(program, run)
  addAlertCommands(program, run)
  addAccessCommands(program, run)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (!(error instanceof Refusal)) throw error
    if (json && error.problem) host.out(JSON.stringify(error.problem))
    else host.err(error.message)
    return 1
  }
}
