import type { SendResult } from '../../application/ports/carrier.ts'
import { SMTP_ERRORS, type SmtpVerdict } from './status-codes.ts'

/** Where in the dialogue a server refused. */
export type SmtpStage = 'connection' | 'sender' | 'recipient' | 'content'

const VERDICTS = new Map(SMTP_ERRORS.map(({ code, verdict }) => [code.slice(2), verdict]))

/** What an enhanced status code of class 5 means; null where only the server knows. */
function verdictOnStatus(status: string): SmtpVerdict | null {
  const detail = status.slice(2)
  // Everything else about security and policy is a verdict on who sends.
  return VERDICTS.get(detail) ?? (detail.startsWith('7.') ? 'sender' : null)
}

/** What a basic reply code means: RFC 5321, 4.2.3; 521 and 556: RFC 7504; 530 to 538: RFC 4954, 6. */
function verdictOnReply(code: number, stage: SmtpStage): SmtpVerdict {
  if (code < 500) return 'retry'
  if (code === 552) return 'retry'
  if (code === 556) return 'gone'
  if (code === 503) return 'retry'
  if (code >= 550 && code <= 554) {
    if (stage === 'recipient') return code === 554 ? 'sender' : 'address'
    return stage === 'content' ? 'message' : 'sender'
  }
  return 'sender'
}

/** A refusal in the server's words. */
export interface SmtpRefusal {
  code: number
  /** Such as `5.1.1`; null where the server gave none. */
  status: string | null
  stage: SmtpStage
}

/**
 * What a server's refusal means for the mail. The enhanced code decides where there is one, else the reply and where it
 * came. The server's own words may hold addresses and are left out.
 */
export function resultOf({ code, status, stage }: SmtpRefusal): SendResult {
  const verdict =
    code < 500 || code === 552 || status === null
      ? verdictOnReply(code, stage)
      : (verdictOnStatus(status) ?? verdictOnReply(code, stage))
  const name = `smtp.${status ?? code}`
  const reason = `the mail server answered ${code}${status === null ? '' : ` ${status}`}`
  switch (verdict) {
    case 'retry':
      return { outcome: 'retryLater', code: name, reason }
    case 'gone':
      // Said of a mailbox only while the mailbox was asked about.
      if (stage === 'sender' || stage === 'connection') {
        return { outcome: 'refused', code: name, reason, blame: 'sender' }
      }
      return { outcome: 'addressGone', code: name, reason }
    default:
      return { outcome: 'refused', code: name, reason, blame: verdict }
  }
}

/** What a bounce means. `permanent`: another try at the same address cannot help. */
export function failureOf(status: string): { code: string; reason: string; permanent: boolean } {
  const permanent = status.startsWith('5.') && verdictOnStatus(status) !== 'retry'
  return { code: `smtp.${status}`, reason: `the mail came back with status ${status}`, permanent }
}

/** The enhanced code at the start of a server's reply (RFC 2034, 4); null where there is none of the reply's class. */
export function enhancedStatus(code: number, reply: string): string | null {
  const found = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})(?!\S)/.exec(reply)?.[1]
  return found?.startsWith(String(code).slice(0, 1)) ? found : null
}
