import { createHmac } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { numberOf } from '../sink/protocol.ts'
import { serveWork } from './serve-work.ts'

/**
 * A storm of texts that answer an alert, each signed as the provider signs, over so many connections, as fast as they
 * are answered. The first ones only warm up.
 */
const { PORT, PUBLIC_URL, AUTH_TOKEN = '', ACCOUNT = '', CODE = '' } = process.env
const [ANSWERS, WARM_UP, CONNECTIONS] = ['ANSWERS', 'WARM_UP', 'CONNECTIONS'].map((name) => Number(process.env[name]))
const PATH = '/callbacks/first/sms'

function requestOf(index: number): Buffer {
  const sid = `SM${String(index).padStart(32, '0')}`
  const fields = {
    AccountSid: ACCOUNT,
    ApiVersion: '2010-04-01',
    Body: `1 ${CODE}`,
    From: numberOf(index),
    FromCountry: 'DE',
    MessageSid: sid,
    NumMedia: '0',
    NumSegments: '1',
    SmsMessageSid: sid,
    SmsSid: sid,
    SmsStatus: 'received',
    To: '+12025550100',
    ToCountry: 'US',
  }
  // The fields stand in order, as the signature wants them (https://www.twilio.com/docs/usage/security).
  const signed = PUBLIC_URL + PATH + Object.entries(fields).flat().join('')
  const signature = createHmac('sha1', AUTH_TOKEN).update(signed).digest('base64')
  const body = new URLSearchParams(fields).toString()
  const head = [
    `POST ${PATH} HTTP/1.1`,
    `Host: 127.0.0.1:${PORT}`,
    'Content-Type: application/x-www-form-urlencoded',
    `X-Twilio-Signature: ${signature}`,
    `Content-Length: ${body.length}`,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}

const requests = Array.from({ length: (WARM_UP ?? 0) + (ANSWERS ?? 0) }, (_, index) => requestOf(index))
function open(): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const socket = connect({ port: Number(PORT), host: '127.0.0.1', noDelay: true }, () => resolve(socket))
  socket.once('error', reject)
  return promise
}

/**
 * Sends a range of the requests, over connections of its own: servers close those that have been idle for a while.
 * Milliseconds that each took, seconds that all took, and how many were not taken. @throws when a connection is lost
 */
async function send(from: number, to: number) {
  const sockets = await Promise.all(Array.from({ length: Math.min(CONNECTIONS ?? 0, to - from) }, open))
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const took = new Float64Array(to - from)
  let [next, done, refused] = [from, 0, 0]
  const start = performance.now()
  for (const socket of sockets) {
    let current = -1
    let text = ''
    const step = () => {
      if (next >= to) return
      current = next++
      took[current - from] = performance.now()
      socket.write(requests[current] ?? '')
    }
    socket.on('data', (data: Buffer) => {
      text += data.toString('latin1')
      if (!isWhole(text)) return
      took[current - from] = performance.now() - (took[current - from] ?? 0)
      if (!/^HTTP\/1\.1 2/.test(text)) refused++
      text = ''
      done++
      if (done === to - from) resolve()
      else step()
    })
    socket.on('error', reject)
    socket.on('close', () => {
      if (next < to) reject(new Error('the server closed a connection'))
    })
    step()
  }
  await promise
  const seconds = (performance.now() - start) / 1000
  for (const socket of sockets) socket.destroy()
  return { took, refused, seconds }
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return false
  if (/\r\ntransfer-encoding: *chunked/i.test(text)) return text.endsWith('0\r\n\r\n')
  return text.length >= end + 4 + Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0)
}

await send(0, WARM_UP ?? 0)
await serveWork(async () => {
  const { took, refused, seconds } = await send(WARM_UP ?? 0, requests.length)
  const sorted = took.toSorted()
  return { storm: seconds, refused, p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN }
})
