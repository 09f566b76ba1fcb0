import { ConfigProblem } from '../config.ts'

/** Where a mail server is and how it is spoken to. */
export interface SmtpServer {
  host: string
  port: number
  /** TLS from the first byte (RFC 8314), or by STARTTLS. */
  implicitTls: boolean
  /** On this machine nobody listens in between: no TLS is needed there, and no certificate can be checked. */
  loopback: boolean
  login: { user: string; pass: string } | null
}

const SUBMISSION = 587
const SUBMISSION_TLS = 465
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Reads `smtp://user:password@host:port` or `smtps://…`; the ports of RFC 8314 where none is given.
 *
 * @throws ConfigProblem that names the carrier and never the address, which holds a password
 */
export function readSmtpUrl(carrier: string, text: string): SmtpServer {
  const url = URL.canParse(text) ? new URL(text) : null
  const login = url && readLogin(url)
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '' || !/^\/?$/.test(rest(url)) || !login) {
    throw new ConfigProblem(`Carrier "${carrier}" needs a url such as "smtp://user:password@mail.example.org:587".`)
  }
  const implicitTls = url.protocol === 'smtps:'
  const port = url.port === '' ? (implicitTls ? SUBMISSION_TLS : SUBMISSION) : Number(url.port)
  const loopback = LOOPBACK.test(url.hostname)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    implicitTls,
    loopback,
    login: login.user === '' ? null : login,
  }
}

function rest({ pathname, search, hash }: URL): string {
  return pathname + search + hash
}

function readLogin({ username, password }: URL): { user: string; pass: string } | null {
  try {
    return { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  } catch {
    return null
  }
}
