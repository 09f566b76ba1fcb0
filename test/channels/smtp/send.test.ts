import { createServer, type Server, type Socket } from 'node:net'
import fc from 'fast-check'
import type { SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it, test } from 'vitest'
import type { Carrier } from '../../../src/application/ports/carrier.ts'
import { createSmtpCarrier } from '../../../src/channels/smtp/create-smtp-carrier.ts'
import { openSmtpTransport, type SmtpPatience } from '../../../src/platform/node/smtp-transport.ts'
import type { SmtpServer } from '../../../src/platform/node/smtp-url.ts'
import { sampleOutgoing } from '../sample-outgoing.ts'
import { type MailServer, refusal, startMailServer } from './mail-server.ts'

const MARK = '0123456789abcdef0123456789abcdef'
const PATIENCE: SmtpPatience = { connect: 2_000, reply: 2_000, whole: 4_000 }

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const outgoing = (change: Parameters<typeof sampleOutgoing>[0] = {}) =>
  sampleOutgoing({ channel: 'email', address: 'amira.ward@example.com', ...change })

function carrierTo(port: number, change: Partial<SmtpServer> = {}, patience = PATIENCE): Carrier {
  const server = { host: '127.0.0.1', port, implicitTls: false, loopback: true, login: null, ...change }
  const transport = openSmtpTransport(server, patience)
  closers.push(() => transport.close())
  return createSmtpCarrier({ name: 'mail', from: 'alarm@example.org', transport, markOf: () => MARK })
}

async function start(options: SMTPServerOptions = {}): Promise<MailServer> {
  const server = await startMailServer(options)
  closers.push(() => server.close())
  return server
}

/** A server that speaks as it is told, line by line, for what no honest one does. */
async function startRawServer(talk: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    talk(socket)
  })
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

describe('a mail that is taken', () => {
  it('names its attempt in a Message-ID that cannot be guessed, and says that a machine sends it', async () => {
    const server = await start()
    const result = await carrierTo(server.port).send(outgoing())
    const providerId = `<0197f5d0-0000-7000-8000-000000000001.1.${MARK}@example.org>`
    expect(result).toEqual({ outcome: 'accepted', providerId })
    const [taken] = server.taken
    expect(taken).toMatchObject({ from: 'alarm@example.org', to: ['amira.ward@example.com'] })
    expect(taken?.mail).toMatchObject({
      messageId: providerId,
      subject: 'Northwind: Evacuate building A (4821)',
      from: { name: 'Northwind', address: 'alarm@example.org' },
      to: [{ address: 'amira.ward@example.com' }],
      text: expect.stringContaining('Reply 1 = I am safe, 2 = I need help. With code: 1 4821'),
      html: expect.stringContaining('href="https://alerts.example.org/a/Zm9yLW5vYm9keS1lbHNl"'),
    })
    const headers = Object.fromEntries(taken?.mail.headers.map(({ key, value }) => [key, value]) ?? [])
    expect(headers).toMatchObject({
      'auto-submitted': 'auto-generated',
      'x-auto-response-suppress': 'All',
      importance: 'high',
      'x-priority': '1',
      'content-language': 'en',
    })
    expect(headers).not.toHaveProperty('list-unsubscribe')
  })

  it('goes over TLS where the server offers it, also to one on this machine', async () => {
    const server = await start()
    await carrierTo(server.port).send(outgoing())
    expect(server.taken[0]?.tls).toBe(true)
    const implicit = await start({ secure: true })
    expect(await carrierTo(implicit.port, { implicitTls: true }).send(outgoing())).toMatchObject({
      outcome: 'accepted',
    })
  })

  it('logs in with name and password', async () => {
    const server = await start({
      authOptional: false,
      onAuth: ({ username, password }, _session, callback) =>
        callback(username === 'alarm' && password === 'p@ss' ? null : refusal('535 5.7.8 no'), { user: 'alarm' }),
    })
    const login = { user: 'alarm', pass: 'p@ss' }
    expect(await carrierTo(server.port, { login }).send(outgoing())).toMatchObject({ outcome: 'accepted' })
  })

  it('shares few connections with many others', async () => {
    const server = await start()
    const carrier = carrierTo(server.port)
    const results = await Promise.all(Array.from({ length: 40 }, () => carrier.send(outgoing())))
    expect(results.every(({ outcome }) => outcome === 'accepted')).toBe(true)
    expect(server.taken).toHaveLength(40)
    expect(server.connections()).toBeLessThanOrEqual(8)
  })

  it('reaches names and domains in any script', async () => {
    const server = await start()
    expect(await carrierTo(server.port).send(outgoing({ address: 'jürgen@bücher.example.com' }))).toMatchObject({
      outcome: 'accepted',
    })
    expect(server.taken[0]?.to).toEqual(['jürgen@bücher.example.com'])
    const old = await start({ hideSMTPUTF8: true })
    const sent = await carrierTo(old.port).send(outgoing({ address: 'amira@bücher.example.com' }))
    expect(sent).toMatchObject({ outcome: 'accepted' })
    expect(old.taken[0]?.raw).toMatch(/^To: amira@xn--bcher-kva\.example\.com\r$/m)
  })

  it('carries no header, recipient or address that a title or a name smuggles in', { timeout: 60_000 }, async () => {
    const server = await start()
    const carrier = carrierTo(server.port)
    await carrier.send(outgoing())
    const plain = server.taken[0]?.mail.headers.map(({ key }) => key).sort()
    const piece = fc.constantFrom(
      '\r\n',
      '\n',
      '\r',
      '\u2028',
      'Bcc: eve@example.net',
      '\r\n\r\n',
      '"',
      '<eve@example.net>',
      ',',
      ';',
      'ü',
    )
    const text = fc
      .array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 6 })
      .map((all) => all.join(''))
    await fc.assert(
      fc.asyncProperty(text, text, async (title, organisation) => {
        server.taken.length = 0
        expect(await carrier.send(outgoing({ title, organisation }))).toMatchObject({ outcome: 'accepted' })
        const [taken] = server.taken
        expect(taken?.to).toEqual(['amira.ward@example.com'])
        expect(taken?.mail.headers.map(({ key }) => key).sort()).toEqual(plain)
        expect(taken?.mail.from?.address).toBe('alarm@example.org')
        expect(taken?.mail.to).toMatchObject([{ address: 'amira.ward@example.com' }])
      }),
      { numRuns: 40 },
    )
  })

  test.each(['a@example.org\r\nRCPT TO:<eve@example.net>', 'a@example.org, eve@example.net', 'a b@example.org', ''])(
    'never goes to what is not one address (%j)',
    async (address) => {
      const server = await start()
      const result = await carrierTo(server.port).send(outgoing({ address }))
      expect(result).toMatchObject({ outcome: 'refused', blame: 'address', code: 'email.malformed' })
      expect(server.connections()).toBe(0)
    },
  )
})

describe('a mail that the server refuses', () => {
  test.each([
    ['550 5.1.1 No such user', { outcome: 'addressGone', code: 'smtp.5.1.1' }],
    ['550 5.1.2 No such domain', { outcome: 'addressGone', code: 'smtp.5.1.2' }],
    ['550 5.1.6 Moved', { outcome: 'addressGone', code: 'smtp.5.1.6' }],
    ['550 No', { outcome: 'refused', code: 'smtp.550', blame: 'address' }],
    ['550 5.4.1 Access denied', { outcome: 'refused', code: 'smtp.5.4.1', blame: 'address' }],
    ['550 5.7.1 Relaying denied', { outcome: 'refused', code: 'smtp.5.7.1', blame: 'sender' }],
    ['552 5.2.2 Mailbox full', { outcome: 'retryLater', code: 'smtp.5.2.2' }],
    ['452 4.2.2 Mailbox full', { outcome: 'retryLater', code: 'smtp.4.2.2' }],
    ['450 4.7.1 Greylisted', { outcome: 'retryLater', code: 'smtp.4.7.1' }],
    ['421 4.3.2 Closing', { outcome: 'retryLater', code: 'smtp.4.3.2' }],
    ['530 5.7.0 Log in first', { outcome: 'refused', code: 'smtp.5.7.0', blame: 'sender' }],
  ])('at its recipient with %s', async (reply, expected) => {
    const server = await start({ onRcptTo: (_address, _session, callback) => callback(refusal(reply)) })
    const result = await carrierTo(server.port).send(outgoing())
    expect(result).toMatchObject(expected)
    expect(JSON.stringify(result)).not.toMatch(/amira|No such|Relaying/)
  })

  it('at its sender is the sender’s fault', async () => {
    const server = await start({ onMailFrom: (_from, _session, callback) => callback(refusal('550 5.1.8 No')) })
    expect(await carrierTo(server.port).send(outgoing())).toMatchObject({ outcome: 'refused', blame: 'sender' })
  })

  it('at its content is the message’s fault', async () => {
    const server = await start({
      onData(stream, _session, callback) {
        stream.resume()
        stream.on('end', () => callback(refusal('554 Looks like spam')))
      },
    })
    expect(await carrierTo(server.port).send(outgoing())).toMatchObject({ outcome: 'refused', blame: 'message' })
  })

  it('for a wrong password is the sender’s fault, and nothing more is tried', async () => {
    const server = await start({
      authOptional: false,
      onAuth: (_auth, _session, callback) => callback(refusal('535 5.7.8 Bad credentials')),
    })
    const result = await carrierTo(server.port, { login: { user: 'alarm', pass: 'wrong' } }).send(outgoing())
    expect(result).toMatchObject({ outcome: 'refused', code: 'smtp.535', blame: 'sender' })
    expect(JSON.stringify(result)).not.toContain('wrong')
  })

  it('does not keep the next one from being taken', async () => {
    let first = true
    const server = await start({
      onRcptTo(_address, _session, callback) {
        callback(first ? refusal('550 5.1.1 No such user') : null)
        first = false
      },
    })
    const carrier = carrierTo(server.port)
    expect(await carrier.send(outgoing())).toMatchObject({ outcome: 'addressGone' })
    expect(await carrier.send(outgoing())).toMatchObject({ outcome: 'accepted' })
  })
})

describe('a server that cannot be reached or trusted', () => {
  it('gets nothing without TLS unless it is on this machine', async () => {
    const server = await start({ disabledCommands: ['STARTTLS'] })
    const result = await carrierTo(server.port, { loopback: false, login: { user: 'a', pass: 'b' } }).send(outgoing())
    expect(result).toMatchObject({ outcome: 'retryLater', code: 'smtp.tls' })
    expect(server.taken).toHaveLength(0)
    expect(await carrierTo(server.port).send(outgoing())).toMatchObject({ outcome: 'accepted' })
  })

  it('gets nothing when its certificate is not to be trusted', async () => {
    const server = await start()
    expect(await carrierTo(server.port, { loopback: false }).send(outgoing())).toMatchObject({ outcome: 'retryLater' })
    expect(server.taken).toHaveLength(0)
  })

  it('is tried again later when it is not there, full, silent or gone in the middle', async () => {
    const closed = await startRawServer(() => {})
    for (const close of closers.splice(0)) await close()
    const busy = await startRawServer((socket) => socket.end('421 4.3.2 Too many connections\r\n'))
    const silent = await startRawServer(() => {})
    const short = { connect: 150, reply: 150, whole: 600 }
    expect(await carrierTo(closed).send(outgoing())).toMatchObject({ code: 'smtp.unreachable', uncertain: false })
    expect(await carrierTo(busy).send(outgoing())).toMatchObject({ outcome: 'retryLater' })
    expect(await carrierTo(silent, {}, short).send(outgoing())).toMatchObject({
      outcome: 'retryLater',
      code: 'smtp.timeout',
    })
  })

  it('that takes the mail and breaks off before it says so gets it again', async () => {
    const port = await startRawServer((socket) => {
      let inData = false
      socket.write('220 mail.example.org\r\n')
      socket.on('data', (chunk) => {
        const line = chunk.toString()
        if (inData) return void (line.includes('\r\n.\r\n') && socket.destroy())
        if (/^EHLO/i.test(line)) return void socket.write('250 mail.example.org\r\n')
        inData = /^DATA/i.test(line)
        socket.write(inData ? '354 go on\r\n' : '250 ok\r\n')
      })
    })
    expect(await carrierTo(port).send(outgoing())).toMatchObject({
      outcome: 'retryLater',
      code: 'smtp.unreachable',
      uncertain: true,
    })
  })

  it('that answers ever so slowly is given up in time', async () => {
    const port = await startRawServer((socket) => {
      socket.write('220 mail.example.org\r\n')
      socket.on('data', (chunk) => {
        if (/^EHLO/i.test(chunk.toString())) return void socket.write('250 mail.example.org\r\n')
        const drip = setInterval(() => socket.write('250-still thinking\r\n'), 50)
        socket.on('close', () => clearInterval(drip))
      })
    })
    const result = await carrierTo(port, {}, { connect: 400, reply: 400, whole: 800 }).send(outgoing())
    expect(result).toMatchObject({ outcome: 'retryLater', code: 'smtp.timeout' })
  })
})
