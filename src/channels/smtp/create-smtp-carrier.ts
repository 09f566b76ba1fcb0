import type { Carrier } from '../../application/ports/carrier.ts'
import { isSameSecret } from '../../domain/access/same-secret.ts'
import { Problem } from '../../domain/errors.ts'
import type { MailTransport } from './mail-transport.ts'
import { readMail } from './read-mail.ts'
import { sendMail } from './send-mail.ts'

export interface SmtpOptions {
  name: string
  /** The address that mails come from; answers and bounces go to it. */
  from: string
  mailsPerSecond?: number | undefined
  /** The secret in the path by which inbound mail is proven; without it none is taken. */
  callbackToken?: string | undefined
  transport: MailTransport
  /** The unguessable mark of an attempt, which its Message-ID carries. */
  markOf: (attemptId: string) => string
}

/** A carrier for mail by an SMTP server (RFC 5321), which also reads answers and bounces that are brought to it. */
export function createSmtpCarrier(options: SmtpOptions): Carrier {
  const { name, transport, callbackToken } = options
  return {
    name,
    channels: ['email'],
    perSecond: () => options.mailsPerSecond ?? null,
    send: (message) => sendMail(transport, options, message),
    async receive({ topic, token, body }) {
      if (callbackToken === undefined || token === null || !isSameSecret(token, callbackToken)) return null
      if (topic !== 'email') {
        throw new Problem('malformed', 'callback.malformed', 'Mail is brought as "email".', { field: 'topic' })
      }
      return readMail(options, body)
    },
  }
}
