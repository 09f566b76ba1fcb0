import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A message as the carrier got it. */
export interface Seen {
  to: string
  body: string
  /** Names delivery and hand-over, from the address for reports. */
  attemptId: string
  sid: string
  /** UTC milliseconds. */
  at: number
}

/**
 * What the carrier does with a request: takes it and says so; takes it and says nothing, with the connection torn or
 * left open; or refuses it with a status.
 */
export type Conduct = 'take' | 'take_and_tear' | 'take_and_hang' | { refuse: number; headers?: Record<string, string> }

export interface Witness {
  url: string
  /** Everything that it took, in order. */
  taken: Seen[]
  /** How many hand-overs it was asked for, and when. */
  asked: number[]
  /** How many it has answered. */
  answered(): number
  conduct: (message: Seen) => Conduct | Promise<Conduct>
  /** Whether it can be asked what it has. */
  lookUp: 'works' | 'fails' | 'hangs'
  /** Called with the attempt or the address of a request that it will never answer. */
  onHang: ((request: string) => void) | null
  /** Called after everything that it sees or answers. */
  onMove: (() => void) | null
  close(): Promise<void>
}

/** A carrier with the provider's API that keeps count by itself: of texts, by the number and attempt in the request. */
export async function startWitness(now: () => number = Date.now): Promise<Witness> {
  let answered = 0
  let count = 0
  const held = new Set<ServerResponse>()
  const answer = (response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  }
  const hang = (response: ServerResponse, request: string) => {
    held.add(response)
    witness.onHang?.(request)
  }
  const find = (to: string) =>
    witness.taken
      .filter((message) => message.to === to)
      .toReversed()
      .map(({ sid, body, at }) => ({
        sid,
        body,
        status: 'sent',
        direction: 'outbound-api',
        date_created: new Date(at).toUTCString(),
      }))
  const take = async (form: URLSearchParams, response: ServerResponse) => {
    const sid = `SM${String(++count).padStart(32, '0')}`
    const attemptId = new URL(form.get('StatusCallback') ?? 'https://none/').searchParams.get('attempt') ?? ''
    const seen = { to: form.get('To') ?? '', body: form.get('Body') ?? '', attemptId, sid, at: now() }
    witness.asked.push(seen.at)
    const conduct = await witness.conduct(seen)
    if (typeof conduct === 'object') {
      return answer(response, conduct.refuse, { code: 20429, message: 'Too Many Requests' }, conduct.headers)
    }
    witness.taken.push(seen)
    witness.onMove?.()
    if (conduct === 'take_and_tear') return response.destroy()
    if (conduct === 'take_and_hang') return hang(response, attemptId)
    response.once('finish', () => {
      answered++
      witness.onMove?.()
    })
    answer(response, 201, { sid, status: 'queued', error_code: null })
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    response.on('error', () => {})
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (request.method === 'POST') return void take(new URLSearchParams(String(Buffer.concat(chunks))), response)
      if (witness.lookUp === 'hangs') return hang(response, request.url ?? '')
      if (witness.lookUp === 'fails') return answer(response, 500, { code: 20500, message: 'Internal Server Error' })
      const to = new URL(request.url ?? '', 'http://localhost').searchParams.get('To') ?? ''
      answer(response, 200, { messages: find(to) })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const witness: Witness = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: [],
    asked: [],
    answered: () => answered,
    conduct: () => 'take',
    lookUp: 'works',
    onMove: null,
    onHang: null,
    async close() {
      for (const response of held) response.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return witness
}

/** How many messages somebody got who had the same one already: a delivery is one message to one contact point. */
export function countDoubles(taken: readonly Pick<Seen, 'attemptId'>[]): number {
  return taken.length - new Set(taken.map(({ attemptId }) => attemptId.split('.')[0])).size
}
