import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CallbackRequest } from '../../../src/application/ports/carrier.ts'
import { createWebhookCarrier, type WebhookOptions } from '../../../src/channels/webhook/create-webhook-carrier.ts'
import { postByFetch } from '../../../src/channels/webhook/post.ts'
import { sign } from '../../../src/channels/webhook/signature.ts'

/** Of the bytes 0 to 31: no real secret. */
export const SECRET = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='
export const NOW = Date.UTC(2027, 2, 1, 14, 6)

export function carrierWith(change: Partial<WebhookOptions> = {}) {
  return createWebhookCarrier({
    name: 'sat',
    secret: SECRET,
    clock: () => NOW,
    allowUrl: () => true,
    post: postByFetch(fetch),
    ...change,
  })
}

/** A signed callback of the gateway. */
export function callback(content: unknown, change: Partial<CallbackRequest> = {}, at = NOW, id = 'gw-1') {
  const body = typeof content === 'string' ? content : JSON.stringify(content)
  return {
    method: 'POST' as const,
    url: 'https://alerts.example.org/callbacks/sat/status',
    topic: 'status',
    token: null,
    source: null,
    headers: new Headers({ ...sign(SECRET, id, body, at) }),
    body,
    ...change,
  }
}

/** A gateway that notes what it is asked and answers as told; with a status of 0 it hangs up. */
export async function startGateway(host = '127.0.0.1', port = 0) {
  const taken: { url: string; headers: IncomingHttpHeaders; body: string }[] = []
  const answer: { status: number; headers: Record<string, string> } = { status: 202, headers: {} }
  let connections = 0
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    taken.push({ url: request.url ?? '', headers: request.headers, body })
    if (answer.status === 0) request.socket.destroy()
    else response.writeHead(answer.status, answer.headers).end('{"ok":true}')
  })
  server.on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `http://${host}:${bound}/terminal/7`,
    port: bound,
    taken,
    answer,
    connections: () => connections,
    stop() {
      server.closeAllConnections()
      return new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}
