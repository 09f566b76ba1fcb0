import { type ProblemBody, problem } from '../contract/shapes.ts'
import type { CliHost, LocalService } from './host.ts'
import { Misuse, ownProblem, Refusal } from './refusal.ts'

export interface GlobalOptions {
  json?: boolean
  url?: string
  key?: string
}

export interface Client {
  /** The answer to a request under `/api/v1`. @throws Refusal with the service's problem */
  ask<Body>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Body>
  /** The same for long work, which tells line by line how far it is (`application/x-ndjson`). */
  follow<Line>(method: string, path: string, body: unknown, onLine: (line: Line) => void): Promise<void>
  download(path: string): Promise<Uint8Array>
  /** An answer as it is, whatever its status; the path is the whole path. */
  look(path: string): Promise<Response>
  local: LocalService | null
}

/**
 * A client of the running service named by `--url` and `--key` or the environment, or of the database on this machine.
 *
 * @throws Misuse when only one of the two is given: a key alone would otherwise act with the rights of the host
 */
export async function connect(host: CliHost, options: GlobalOptions): Promise<Client> {
  const url = options.url ?? host.environment.url
  const key = options.key ?? host.environment.key
  if (url !== undefined && !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw new Misuse('cli.url', '--url (TOCSIN_URL) must begin with https:// or http://.', 'url')
  }
  if (url !== undefined && !key)
    throw new Misuse('cli.key_missing', '--url (TOCSIN_URL) needs --key (TOCSIN_KEY).', 'key')
  if (url === undefined && key !== undefined)
    throw new Misuse('cli.url_missing', '--key (TOCSIN_KEY) needs --url (TOCSIN_URL).', 'url')
  const local = url === undefined ? await host.local() : null
  const transport = local ? local.transport : reach(host, url ?? '', key ?? '')
  const base = (url ?? 'http://localhost').replace(/\/+$/, '')
  const look = (path: string, init: RequestInit = {}) => transport(new Request(`${base}${path}`, init))
  const send = async (path: string, init: RequestInit) => {
    const response = await look(`/api/v1${path}`, init)
    if (response.ok) return response
    const refused = await readProblem(response)
    throw new Refusal(refused.code === 'access.sign_in' && !local ? keyRefused : refused)
  }
  return {
    local,
    look: (path) => look(path),
    async ask<Body>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const content = body === undefined || body instanceof Uint8Array ? body : JSON.stringify(body)
      const init: RequestInit = { method, headers, ...(content === undefined ? {} : { body: content as BodyInit }) }
      const response = await send(path, init)
      if (response.status === 204) return null as Body
      return (await response.json().catch(() => {
        throw new Refusal(notOurs(response.status))
      })) as Body
    },
    async follow<Line>(method: string, path: string, body: unknown, onLine: (line: Line) => void) {
      const content = body instanceof Uint8Array ? body : JSON.stringify(body)
      const init = { method, headers: { accept: 'application/x-ndjson' }, body: content as BodyInit }
      await readLines(await send(path, init), (line) => onLine(JSON.parse(line) as Line))
    },
    download: async (path) => new Uint8Array(await (await send(path, { method: 'GET' })).arrayBuffer()),
  }
}

async function readLines(response: Response, take: (line: string) => void): Promise<void> {
  const decoder = new TextDecoder()
  let held = ''
  for await (const chunk of response.body ?? []) {
    const lines = `${held}${decoder.decode(chunk, { stream: true })}`.split('\n')
    held = lines.pop() ?? ''
    lines.forEach(take)
  }
  if (held !== '') take(held)
}

const keyRefused = ownProblem(
  'cli.key_refused',
  'The service does not take this key: wrong, revoked or expired.',
  401,
  'key',
)

function reach(host: CliHost, url: string, key: string): LocalService['transport'] {
  const transport = host.remote(url, key)
  return async (request) => {
    try {
      return await transport(request)
    } catch {
      const detail = `The service at ${new URL(url).origin} does not answer.`
      throw new Refusal(ownProblem('cli.unreachable', detail, 503, 'url'))
    }
  }
}

async function readProblem(response: Response): Promise<ProblemBody> {
  const read = problem.safeParse(await response.json().catch(() => null))
  return read.success ? read.data : notOurs(response.status)
}

/** A proxy or another program answered. */
function notOurs(status: number): ProblemBody {
  return ownProblem('cli.unexpected_answer', `The answer is not one of this service: HTTP ${status}.`, status, 'url')
}
