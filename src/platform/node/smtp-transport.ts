import { createTransport } from 'nodemailer'
import type { MailResult, MailTransport, OutgoingMail } from '../../channels/smtp/mail-transport.ts'
import { readSmtpUrl, type SmtpServer } from './smtp-url.ts'

/** How long each part of a hand-over may take, milliseconds; all of it ends well within a lease of the outbox. */
export interface SmtpPatience {
  connect: number
  reply: number
  whole: number
}

const PATIENCE: SmtpPatience = { connect: 10_000, reply: 30_000, whole: 60_000 }
const CONNECTIONS = 8
/** Keeps a few connections open to one server. Without TLS it hands nothing over, but to a server on this machine. */
export function openSmtpTransport(
  server: SmtpServer,
  patience: SmtpPatience = PATIENCE,
): MailTransport & { close(): void } {
  const pool = createTransport({
    pool: true,
    maxConnections: CONNECTIONS,
    // Once more where an idle connection turns out to be closed; everything else is the outbox's.
    maxRequeues: 1,
    host: server.host,
    port: server.port,
    secure: server.implicitTls,
    requireTLS: !server.implicitTls && !server.loopback,
    tls: { rejectUnauthorized: !server.loopback, minVersion: 'TLSv1.2' },
    connectionTimeout: patience.connect,
    greetingTimeout: patience.connect,
    dnsTimeout: patience.connect,
    socketTimeout: patience.reply,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(server.login ? { auth: server.login } : {}),
  })
  return {
    async send(mail) {
      try {
        await pool.sendMail({ ...contentOf(mail), signal: AbortSignal.timeout(patience.whole) })
        return { outcome: 'taken' }
      } catch (error) {
        return describe(error)
      }
    },
    close: () => pool.close({ force: true }),
  }
}

/** The mail servers of one process, closed together. */
export function openMailServers(): { open(carrier: string, url: string): MailTransport; close(): void } {
  const opened: { close(): void }[] = []
  return {
    open(carrier, url) {
      const transport = openSmtpTransport(readSmtpUrl(carrier, url))
      opened.push(transport)
      return transport
    },
    close() {
      for (const transport of opened) transport.close()
    },
  }
}

function contentOf({ to, envelopeId, ...mail }: OutgoingMail) {
  return {
    ...mail,
    to: { name: '', address: to },
    envelope: { from: mail.from.address, to: [to] },
    // RFC 3461: a bounce is wanted, with the headers alone, and names the attempt; used where the server offers it.
    dsn: { id: envelopeId, return: 'headers', notify: ['failure'] },
  }
}

/** By codes only: the library's messages hold addresses and the server's words. */
function describe(error: unknown): MailResult {
  const { code, responseCode, response, command, syscall } = fieldsOf(error)
  if (code === 'EAUTH' || code === 'ENOAUTH') return { outcome: 'noLogin', code: responseCode }
  // Before the reply: whoever takes STARTTLS out on the way answers it with one.
  if (code === 'ETLS') {
    const reason = 'the mail server offers no TLS that can be trusted'
    return { outcome: 'unreachable', code: 'smtp.tls', reason, uncertain: false }
  }
  // A reply without a mail in question, such as a greeting of 554, is one about the connection.
  if (responseCode !== null && responseCode >= 400) {
    return { outcome: 'refused', code: responseCode, reply: response, command }
  }
  // Where there never was a connection nothing was handed over.
  const uncertain = code !== 'EDNS' && syscall !== 'connect'
  if (code === 'EABORT' || code === 'ETIMEDOUT') {
    return { outcome: 'unreachable', code: 'smtp.timeout', reason: 'the mail server did not answer in time', uncertain }
  }
  return { outcome: 'unreachable', code: 'smtp.unreachable', reason: `the connection failed (${code})`, uncertain }
}

function fieldsOf(error: unknown) {
  const fields: Record<string, unknown> = typeof error === 'object' && error !== null ? { ...error } : {}
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return {
    code: text(fields.code) || (error instanceof Error ? error.name : 'unknown'),
    responseCode: typeof fields.responseCode === 'number' ? fields.responseCode : null,
    response: text(fields.response),
    command: text(fields.command),
    syscall: text(fields.syscall),
  }
}
