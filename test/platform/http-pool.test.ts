import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ApiRequest } from '../../src/channels/twilio/http-client.ts'
import { createPooledHttpClient } from '../../src/platform/node/http-pool.ts'

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function clientFor(timeoutMs?: number) {
  const client = createPooledHttpClient(timeoutMs)
  onTestFinished(() => client.close())
  return client
}

const post = (uri: string): ApiRequest => ({
  method: 'POST',
  uri,
  headers: { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: 'Basic eDp5' },
  body: 'Body=Gr%C3%BC%C3%9Fe',
})

describe('the client that carries texts and calls on Node', () => {
  test('hands over path, headers and body as they are, and reads the answer whole', async () => {
    const seen: unknown[] = []
    const url = await serve(async (request, response) => {
      const body = (await request.setEncoding('utf8').toArray()).join('')
      seen.push(request.method, request.url, request.headers.authorization, request.headers['content-length'], body)
      response.writeHead(429, { 'Retry-After': '7' }).write(Buffer.from('{"a":"Ł').subarray(0, 7))
      response.end(Buffer.from('{"a":"Ł').subarray(7))
    })
    const answer = await clientFor().request(post(`${url}/2010-04-01/Messages.json?x=1`))
    expect(seen).toEqual(['POST', '/2010-04-01/Messages.json?x=1', 'Basic eDp5', '20', 'Body=Gr%C3%BC%C3%9Fe'])
    expect(answer).toMatchObject({ statusCode: 429, body: '{"a":"Ł' })
    expect(answer.headers.get('Retry-After')).toBe('7')
    expect(answer.headers.get('date')).not.toBeNull()
    expect(answer.headers.get('x-nothing')).toBeNull()
  })

  test('does not follow to another place with the credentials', async () => {
    const url = await serve((_, response) => response.writeHead(307, { Location: '/elsewhere' }).end())
    expect(await clientFor().request(post(url))).toMatchObject({ statusCode: 307 })
  })

  test('says that nothing was handed over where nobody listens', async () => {
    const url = await serve(() => {})
    const gone = `http://127.0.0.1:${new URL(url).port === '1' ? 2 : 1}`
    await expect(clientFor().request(post(gone))).rejects.toMatchObject({
      code: 'twilio.unreachable',
      message: 'the connection failed (ECONNREFUSED)',
      uncertain: false,
    })
  })

  test('leaves open whether a message was taken when the connection breaks before the answer', async () => {
    const url = await serve((request) => void request.socket.destroy())
    await expect(clientFor().request(post(url))).rejects.toMatchObject({ code: 'twilio.unreachable', uncertain: true })
  })

  test.for([
    ['no answer comes', () => {}],
    ['an answer never ends', (_: unknown, response: { write(text: string): void }) => response.write('{')],
  ] as const)('waits no longer than its time when %s, and does not know what became of it', async ([, listener]) => {
    const url = await serve(listener as RequestListener)
    await expect(clientFor(20).request(post(url))).rejects.toMatchObject({ code: 'twilio.timeout', uncertain: true })
  })
})
