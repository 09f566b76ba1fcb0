import type { Hono } from 'hono'
import type { CliHost, Transport } from '../../src/cli/host.ts'
import { runCli } from '../../src/cli/run-cli.ts'

export interface Ran {
  status: number
  out: string
  err: string
}

/** A machine whose service is a tiny application, with files in memory. */
export function fakeHost(app: Hono, remote?: Transport) {
  const files = new Map<string, string>()
  const opened = { local: 0, closed: 0, keys: [] as string[] }
  const progress: string[] = []
  const environment: CliHost['environment'] = { url: undefined, key: undefined }
  async function run(...argv: string[]): Promise<Ran> {
    const out: string[] = []
    const err: string[] = []
    const host: CliHost = {
      version: '1.2.3',
      environment,
      prepareKey: () => ({ id: 'k1', secret: 'tk_first', sql: 'insert into keys' }),
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      async readFile(path) {
        const content = files.get(path)
        if (content === undefined) throw new Error('ENOENT')
        return new TextEncoder().encode(content)
      },
      async writeFile(path, content) {
        if (path.startsWith('/full/')) throw new Error('ENOSPC')
        files.set(path, new TextDecoder().decode(content))
      },
      remote(_url, key) {
        opened.keys.push(key)
        return remote ?? (async (request) => app.fetch(request))
      },
      async local() {
        opened.local += 1
        return {
          transport: async (request) => app.fetch(request),
          dispatch: async (_id, say) => progress.forEach(say),
          async close() {
            opened.closed += 1
          },
        }
      },
      serve: async () => {},
      newId: () => 'once-1',
    }
    const status = await runCli(argv, host)
    return { status, out: out.join('\n'), err: err.join('\n') }
  }
  return { run, files, opened, progress, environment }
}
