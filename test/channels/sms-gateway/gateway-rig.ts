import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CallbackRequest } from '../../../src/application/ports/carrier.ts'
import {
  createSmsGatewayCarrier,
  type SmsGatewayOptions,
} from '../../../src/channels/sms-gateway/create-sms-gateway-carrier.ts'

export const CALLBACK_TOKEN = 'example-callback-token-not-real'
const HOME = '192.0.2.7'

export function gatewayAt(url: string, change: Partial<SmsGatewayOptions> = {}) {
  return createSmsGatewayCarrier({
    name: 'modem',
    channels: ['sms'],
    url,
    username: 'tocsin',
    password: 'not a real password & no secret',
    callbackToken: CALLBACK_TOKEN,
    callbackBaseUrl: 'https://alerts.example.org/',
    region: 'GB',
    fetch,
    allowSource: (source) => source === HOME,
    ...change,
  })
}

/** A callback as the gateway makes it, from the right place with the right secret. */
export function callback(topic: string, query: string, change: Partial<CallbackRequest> = {}): CallbackRequest {
  return {
    method: 'GET',
    url: `https://alerts.example.org/callbacks/modem/${CALLBACK_TOKEN}/${topic}?${query}`,
    topic,
    token: CALLBACK_TOKEN,
    source: HOME,
    headers: new Headers(),
    body: '',
    ...change,
  }
}

/** A gateway that notes what it is asked and answers as told; with a status of 0 it hangs up. */
export async function startSink() {
  const asked: URL[] = []
  const answer = { status: 202, body: '0: Accepted for delivery' }
  const server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://gateway.example.org'))
    if (answer.status === 0) request.socket.destroy()
    else response.writeHead(answer.status, { location: '/elsewhere' }).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/cgi-bin/sendsms`,
    asked,
    answer,
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  }
}
