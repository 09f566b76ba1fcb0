import type { Command } from 'commander'
import { type Readiness, readiness, serviceState } from '../contract/readiness.ts'
import type { GlobalOptions } from './client.ts'
import { AlreadySaid, ownProblem, Refusal } from './refusal.ts'
import { type Run, type Session, withGlobals } from './session.ts'

const TO_DO: Record<Readiness['missing'][number], string> = {
  people: 'There are no people. Import them: people import FILE --tree NAME.',
  tree: 'There is no call tree with people in it. Import one: people import FILE --tree NAME, or trees import FILE.',
  template: 'There is no template. Import one: templates import FILE.',
  commander: 'Nobody may raise alerts. Invite one: user invite NAME --role commander.',
}
const TO_MIND: Record<Readiness['warnings'][number], string> = {
  commander_signed_out: 'No commander is signed in or has an unused link. Make one: user invite NAME --role commander.',
}

/** The command that says whether an alert could be raised now, and if not, what is missing. */
export function addDoctorCommand(program: Command, run: Run): void {
  withGlobals(program.command('doctor'))
    .description('say whether an alert could be raised now, and what is missing')
    .action((options: GlobalOptions) =>
      run(options, async (session) => {
        const found = await examine(session)
        session.say(found, diagnose(found))
        if (!found.ok) throw new AlreadySaid()
      }),
    )
}

/** Asks first what anybody may ask: a service whose database is out cannot judge a key. */
async function examine(session: Session): Promise<Readiness> {
  const response = await session.look('/readyz')
  const works = serviceState.safeParse(await response.json().catch(() => null))
  if (!works.success) throw unexpected(`HTTP ${response.status}`, response.status)
  if (!works.data.ok) return { ...works.data, missing: [], warnings: [] }
  const found = readiness.safeParse(await session.ask<unknown>('GET', '/readiness'))
  if (found.success) return found.data
  throw unexpected('another version than this command line', 500)
}

function unexpected(what: string, status: number): Refusal {
  return new Refusal(ownProblem('cli.unexpected_answer', `The answer is not one of this service: ${what}.`, status))
}

function diagnose({ ok, database, channels, missing, warnings }: Readiness): string {
  return [
    ok ? `Ready. Channels: ${channels.join(', ')}.` : 'Not ready: an alert could not be raised now.',
    ...(database ? [] : ['  The database does not answer. Check the data folder or the binding.']),
    ...(channels.length > 0 ? [] : ['  No channel is set up. Name at least one carrier in TOCSIN_CARRIERS.']),
    ...missing.map((what) => `  ${TO_DO[what]}`),
    ...warnings.map((what) => `  ${TO_MIND[what]}`),
  ].join('\n')
}
