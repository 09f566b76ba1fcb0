import { Command, CommanderError } from 'commander'
import { importResult } from '../contract/people.ts'
import type { ProblemBody } from '../contract/shapes.ts'
import { addAccessCommands } from './access-commands.ts'
import { addAlertCommands } from './alert-commands.ts'
import { connect } from './client.ts'
import { describeBadRows } from './describe-import.ts'
import { addDoctorCommand } from './doctor-command.ts'
import type { CliHost } from './host.ts'
import { addPeopleCommands } from './people-commands.ts'
import { AlreadySaid, describeProblem, Misuse, ownProblem, Refusal } from './refusal.ts'
import type { Run } from './session.ts'
import { addTreeCommands } from './tree-commands.ts'

/** Runs one command. Answers the exit status: 0, 1 when it ran and the answer is no, 2 for wrong use. */
export async function runCli(argv: readonly string[], host: CliHost): Promise<number> {
  const program = new Command('tocsin').description('Emergency alerts and call trees').exitOverride()
  program.version(host.version)
  program.configureOutput({
    writeOut: (text) => host.out(text.trimEnd()),
    writeErr: (text) => host.err(text.trimEnd()),
  })
  const run: Run = async (options, work) => {
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
  addTreeCommands(program, run)
  addAlertCommands(program, run)
  addAccessCommands(program, run, host)
  addDoctorCommand(program, run)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return 0
  } catch (error) {
    return answerFailure(error, argv.includes('--json'), host)
  }
}

function answerFailure(error: unknown, json: boolean, host: CliHost): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0
    if (json) host.out(JSON.stringify(ownProblem('cli.usage', error.message.replace(/^error: /, ''), 400)))
    return 2
  }
  if (error instanceof AlreadySaid) return 1
  const { problem } = error instanceof Refusal ? error : { problem: unexpected(error) }
  if (json) host.out(JSON.stringify(problem))
  else host.err([describeProblem(problem), ...refusedRows(problem.details)].join('\n'))
  return error instanceof Misuse ? 2 : 1
}

/** A bug or a broken machine: whoever has this shell may see what it was. */
function unexpected(error: unknown): ProblemBody {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return ownProblem('cli.failed', `This failed, and should not have: ${what.replace(/\s+/g, ' ')}`, 500)
}

/** A refused import brings the whole result, so that every bad row can be mended at once. */
function refusedRows(details: unknown): string[] {
  const result = importResult.safeParse(details)
  return result.success ? describeBadRows(result.data) : []
}
