import type { OutgoingMessage, SendResult } from '../../application/ports/carrier.ts'
import { cleanLine } from '../../domain/messages/clean-text.ts'
import { isAnswerable } from '../../domain/messages/purpose.ts'
import { writeEmail } from '../../domain/messages/write-email.ts'
import { readEmailAddresses } from '../../domain/people/email-address.ts'
import { enhancedStatus, resultOf, type SmtpStage } from './error-table.ts'
import type { MailResult, MailTransport } from './mail-transport.ts'
import { type MarkedIds, writeMarkedId, writeMessageId } from './message-id.ts'

/**
 * Hands over one mail. Its Message-ID names the attempt and is not to be guessed, so that an answer or a bounce that
 * refers to it proves to come from who got it.
 */
export async function sendMail(
  transport: MailTransport,
  ids: MarkedIds,
  message: OutgoingMessage,
): Promise<SendResult> {
  const reading = readEmailAddresses(message.address)
  if (!reading.ok || reading.addresses.length !== 1 || reading.addresses[0] !== message.address) {
    return { outcome: 'refused', code: 'email.malformed', reason: 'this is not one mail address', blame: 'address' }
  }
  const messageId = writeMessageId(ids, message.attemptId)
  const result = await transport.send({
    ...writeEmail(message),
    from: { name: cleanLine(message.organisation), address: ids.from },
    to: message.address,
    messageId,
    envelopeId: writeMarkedId(ids, message.attemptId),
    headers: headersOf(message),
  })
  return result.outcome === 'taken' ? { outcome: 'accepted', providerId: messageId } : failed(result)
}

function headersOf(message: OutgoingMessage): Record<string, string> {
  const urgent = isAnswerable(message.purpose)
  return {
    // Keeps absence notices away (RFC 3834, 5; the second is Exchange's). Bounces are asked for by the envelope: decision 016.
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    'Content-Language': message.language,
    // RFC 4021, 2.1.54 and RFC 2156; X-Priority for programs that read only that.
    ...(urgent ? { Importance: 'high', Priority: 'urgent', 'X-Priority': '1' } : {}),
  }
}

function failed(result: Exclude<MailResult, { outcome: 'taken' }>): SendResult {
  switch (result.outcome) {
    case 'refused': {
      const { code, reply, command } = result
      return resultOf({ code, status: enhancedStatus(code, reply), stage: stageOf(command) })
    }
    case 'noLogin': {
      // RFC 4954, 4.7.1 and 6: 454 and 4xx pass by themselves.
      const code = `smtp.${result.code ?? 'no_login'}`
      const reason = 'the mail server does not accept the login'
      if (result.code !== null && result.code < 500) return { outcome: 'retryLater', code, reason }
      return { outcome: 'refused', code, reason, blame: 'sender' }
    }
    case 'unreachable':
      return { outcome: 'retryLater', code: result.code, reason: result.reason, uncertain: result.uncertain }
  }
}

function stageOf(command: string): SmtpStage {
  if (/^MAIL/i.test(command)) return 'sender'
  if (/^RCPT/i.test(command)) return 'recipient'
  return /^DATA/i.test(command) ? 'content' : 'connection'
}
