import type { Command } from 'commander'
import type { Client, GlobalOptions } from './client.ts'
import type { CliHost } from './host.ts'

/** A command at work: the service, and where to say what came of it. */
export interface Session extends Client {
  host: CliHost
  /** One JSON document with `--json`, else the text. */
  say(document: unknown, text: string): void
}

/** Runs a command against the service and says what came of it. */
export type Run = <Options extends GlobalOptions>(
  options: Options,
  work: (session: Session) => Promise<void>,
) => Promise<void>

/** Options that every command takes. */
export function withGlobals(command: Command): Command {
  return command
    .option('--json', 'answer with one JSON document')
    .option('--url <url>', 'work against a running service (or TOCSIN_URL)')
    .option('--key <key>', 'key for the running service (better in TOCSIN_KEY: other accounts see arguments)')
}

/** All pages of a list. */
export async function readAll<Item>(
  session: Session,
  path: string,
  filter: Record<string, string> = {},
): Promise<Item[]> {
  const all: Item[] = []
  let cursor: string | null = null
  do {
    const query: string = `?${new URLSearchParams({ ...filter, limit: '500', ...(cursor === null ? {} : { cursor }) })}`
    const page: { items: Item[]; nextCursor: string | null } = await session.ask('GET', path + query)
    all.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return all
}
