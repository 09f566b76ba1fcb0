import { createServer, type Socket } from 'node:net'
import { createCount, type Verdict } from './count-arrivals.ts'
import { keepMessages } from './keep-messages.ts'
import type { Order, Report } from './protocol.ts'
import { createRequestReader } from './read-requests.ts'

/**
 * A provider that answers as cheaply as Node allows, in a process of its own, so that it is not the bottleneck; at once
 * or after a while, and failing, stalling or limiting its rate when told so.
 */
const BACKLOG = 4096
/** Asks whether a message is there; the peers send with GET elsewhere. */
const LISTING = 'GET /2010-04-01/'
let latency = 0
let sids = 0
let count = createCount({ people: 0, latency: 0, fault: null, perSecond: null, listed: false }, () => {})
let messages = keepMessages(false)

const tell = (report: Report) => process.send?.(report)

const server = createServer({ noDelay: true }, (socket) => {
  let out = ''
  const read = createRequestReader((text) => {
    const answer = text.startsWith(LISTING) ? reply('200 OK', messages.list(text)) : answerOf(count.take(text), text)
    if (answer === null) return
    if (latency > 0) setTimeout(() => socket.write(answer, 'latin1'), latency)
    else out += answer
  })
  socket.on('error', () => {})
  socket.on('data', (data: Buffer) => {
    read(data)
    if (out !== '') write(socket, out)
    out = ''
  })
})

function write(socket: Socket, text: string): void {
  if (socket.writable) socket.write(text, 'latin1')
}

function answerOf(verdict: Verdict, request: string): string | null {
  switch (verdict) {
    case 'accept': {
      const sid = `SM${String(++sids).padStart(32, '0')}`
      messages.keep(request, sid)
      return reply(
        '201 Created',
        `{"sid":"${sid}","status":"queued","error_code":null,"error_message":null,"num_segments":"1"}`,
      )
    }
    case 'fail':
      return reply('503 Service Unavailable', '{"code":20503,"message":"Service unavailable","status":503}')
    case 'too_fast':
      return reply('429 Too Many Requests', '{"code":20429,"message":"Too many requests","status":429}')
    case 'stall':
      return null
  }
}

function reply(status: string, json: string): string {
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(json, 'latin1')}\r\nConnection: keep-alive\r\n\r\n${json}`
}

process.on('message', (order: Order) => {
  switch (order.kind) {
    case 'reset':
      latency = order.setting.latency
      messages = keepMessages(order.setting.listed)
      count = createCount(order.setting, () => tell({ kind: 'all' }))
      tell({ kind: 'set' })
      return
    case 'mark':
      count.mark()
      tell({ kind: 'set' })
      return
    case 'tell':
      tell({ kind: 'told', arrivals: count.tell() })
      return
    case 'times':
      tell({ kind: 'times', times: count.times() })
  }
})
process.on('disconnect', () => process.exit(0))

server.listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG }, () => {
  const address = server.address()
  if (typeof address === 'object' && address) tell({ kind: 'listening', port: address.port })
})
