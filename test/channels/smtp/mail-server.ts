import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A mail as a server took it. */
export interface TakenMail {
  from: string
  to: string[]
  raw: string
  mail: Email
  tls: boolean
  /** Of what the sender asked to be told (RFC 3461). */
  notify: readonly string[]
}

export interface MailServer {
  port: number
  taken: TakenMail[]
  /** How many connections were opened. */
  connections(): number
  close(): Promise<void>
}

/** What a server answers instead of taking a mail, such as `550 5.1.1 No such user`. */
export function refusal(reply: string): Error {
  const [, code = '', words = ''] = /^(\d{3}) (.*)$/.exec(reply) ?? []
  return Object.assign(new Error(words), { responseCode: Number(code) })
}

/** A real SMTP server on the loopback interface that keeps what it takes. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const taken: TakenMail[] = []
  let connections = 0
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    closeTimeout: 100,
    onConnect(_session, callback) {
      connections++
      callback()
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8')
        const { mailFrom, rcptTo } = session.envelope
        void PostalMime.parse(raw).then((mail) => {
          const from = mailFrom ? mailFrom.address : ''
          const to = rcptTo.map(({ address }) => address)
          const notify = rcptTo.flatMap(({ dsn }) => dsn?.notify ?? [])
          taken.push({ from, to, raw, mail, tls: Boolean(session.secure), notify })
          callback()
        })
      })
    },
    ...options,
  })
  // A client that goes away in the middle is part of the tests.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as AddressInfo
  return {
    port,
    taken,
    connections: () => connections,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
