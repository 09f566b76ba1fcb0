import { createServer } from 'node:net'

/**
 * A provider that answers 201 to everything at once, in a process of its own and as cheaply as Node allows, so that it
 * is not the bottleneck. It counts every message once by the number in its form. Prints its port.
 */
const seen = new Set<string>()
let total = 0
const END = Buffer.from('\r\n\r\n')

const server = createServer({ noDelay: true }, (socket) => {
  let rest = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.on('data', (data) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, data]) : data
    let offset = 0
    let out = ''
    for (;;) {
      const head = bytes.indexOf(END, offset)
      if (head < 0) break
      const text = bytes.toString('latin1', offset, head)
      const length = Number(/content-length: *(\d+)/i.exec(text)?.[1] ?? 0)
      const end = head + 4 + length
      if (end > bytes.length) break
      out += answer(text, bytes.toString('latin1', head + 4, end))
      offset = end
    }
    rest = bytes.subarray(offset)
    if (out !== '') socket.write(out, 'latin1')
  })
})

function answer(head: string, body: string): string {
  if (head.startsWith('GET /count')) return reply(200, JSON.stringify({ total, different: seen.size }))
  if (head.startsWith('GET /reset')) {
    seen.clear()
    total = 0
    return reply(200, '{}')
  }
  total++
  const number = /(?:^|&)To=([^&]*)/.exec(body)?.[1] ?? String(total)
  seen.add(number)
  return reply(201, `{"sid":"SM${String(total).padStart(32, '0')}","status":"queued","error_code":null}`)
}

function reply(status: number, json: string): string {
  return `HTTP/1.1 ${status} OK\r\nContent-Type: application/json\r\nContent-Length: ${json.length}\r\nConnection: keep-alive\r\n\r\n${json}`
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' && address ? address.port : ''}\n`)
})
