import type { ProblemBody } from '../contract/shapes.ts'
import type { CliHost, LocalService, Transport } from './host.ts'

/** It ran, and the answer is no: ends the program with status 1. */
export class Refusal extends Error {
  readonly problem: ProblemBody | null

  constructor(message: string, problem: ProblemBody | null = null) {
    super(message)
    this.problem = problem
  }
}

export interface GlobalOptions {
  json?: boolean
  url?: string
  key?: string
}

export interface Client {
  ask<Body>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Body>
  download(path: string): Promise<Uint8Array>
  local: LocalService | null
}

/** A client of the running service named by `--url` and `--key`, or of the database on this machine. */
export async function connect(host: CliHost, { url, key }: GlobalOptions): Promise<Client> {
  if (url !== undefined && key === undefined) throw new Refusal('--url needs --key.')
  const local = url === undefined ? await host.local() : null
  const transport: Transport = local ? local.transport : host.remote(url ?? '', key ?? '')
  const base = url ?? 'http://localhost'
  const send = async (path: string, init: RequestInit) => {
    const response = await transport(new Request(`${base.replace(/\/+$/, '')}/api/v1${path}`, init))
    if (response.ok) return response
    const problem = (await response.json().catch(() => null)) as ProblemBody | null
    const where = problem?.field ? ` (${problem.field})` : ''
    throw new Refusal(problem ? `${problem.detail} [${problem.code}]${where}` : `HTTP ${response.status}`, problem)
  }
  return {
    local,
    async ask<Body>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const content = body === undefined || body instanceof Uint8Array ? body : JSON.stringify(body)
      const init: RequestInit = { method, headers, ...(content === undefined ? {} : { body: content as BodyInit }) }
      const response = await send(path, init)
      return (response.status === 204 ? null : await response.json()) as Body
    },
    download: async (path) => new Uint8Array(await (await send(path, { method: 'GET' })).arrayBuffer()),
  }
}
