import { API_VERSION, type MessageRecord } from './carrier.ts'
import { DELIVERY_ERRORS } from './provider-error.ts'

const GSM_7 = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/
const GSM_7_DOUBLE = /[\^{}\\[~\]|€]/g

/** Parts the body is carried in: 160 or 153 septets, 70 or 67 UTF-16 units (GSM 03.38, 3GPP TS 23.040). */
export function countSegments(body: string): number {
  const wide = !GSM_7.test(body)
  const length = wide ? body.length : body.length + (body.match(GSM_7_DOUBLE)?.length ?? 0)
  const [single, part] = wide ? [70, 67] : [160, 153]
  return length <= single ? 1 : Math.ceil(length / part)
}

/** RFC 2822, in GMT, as the provider writes every time. */
export function rfc2822(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000')
}

/** The message as the API shows it. */
export function messageJson(message: MessageRecord): Record<string, unknown> {
  const uri = `/${API_VERSION}/Accounts/${message.account.accountSid}/Messages/${message.sid}`
  const unsent = message.status === 'accepted' && message.messagingServiceSid !== null
  return {
    account_sid: message.account.accountSid,
    api_version: API_VERSION,
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt === null ? null : rfc2822(message.sentAt),
    date_updated: rfc2822(message.updatedAt),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: message.errorCode === null ? null : (DELIVERY_ERRORS[message.errorCode] ?? 'Unknown error'),
    from: unsent ? null : message.from,
    messaging_service_sid: message.messagingServiceSid,
    num_media: '0',
    num_segments: unsent ? '0' : String(countSegments(message.body)),
    price: null,
    price_unit: 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  }
}
