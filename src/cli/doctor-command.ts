import type { Command } from 'commander'
import { z } from 'zod'
import type { GlobalOptions } from './client.ts'
import { AlreadySaid, ownProblem, Refusal } from './refusal.ts'
import { type Run, withGlobals } from './session.ts'

const readiness = z.object({ ok: z.boolean(), database: z.boolean(), channels: z.array(z.string()) })

/** The command that says whether the service could raise an alert now, and if not, what is wrong. */
export function addDoctorCommand(program: Command, run: Run): void {
  withGlobals(program.command('doctor'))
    .description('say whether the service could raise an alert now')
    .action((options: GlobalOptions) =>
      run(options, async (session) => {
        const response = await session.look('/readyz')
        const read = readiness.safeParse(await response.json().catch(() => null))
        if (!read.success) {
          const detail = `The answer is not one of this service: HTTP ${response.status}.`
          throw new Refusal(ownProblem('cli.unexpected_answer', detail, response.status))
        }
        session.say(read.data, diagnose(read.data))
        if (!read.data.ok) throw new AlreadySaid()
      }),
    )
}

function diagnose({ ok, database, channels }: z.infer<typeof readiness>): string {
  if (ok) return `Ready. Channels: ${channels.join(', ')}.`
  return [
    'Not ready: an alert could not be raised now.',
    ...(database ? [] : ['  The database does not answer. Check the data folder or the binding.']),
    ...(channels.length > 0 ? [] : ['  No channel is set up. Name at least one carrier in TOCSIN_CARRIERS.']),
  ].join('\n')
}
