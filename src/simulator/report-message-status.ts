import { API_VERSION, type Carrier, type MessageRecord, type MessageStatus } from './carrier.ts'

/** Sets the message's status and posts it to the StatusCallback, if there is one. */
export function reportMessageStatus(
  carrier: Carrier,
  message: MessageRecord,
  status: MessageStatus,
  errorCode?: number,
): void {
  message.status = status
  message.errorCode = errorCode ?? null
  message.updatedAt = carrier.now()
  if (message.statusCallback === null) return
  const params: Record<string, string> = {
    AccountSid: message.account.accountSid,
    ApiVersion: API_VERSION,
    From: message.from,
    MessageSid: message.sid,
    MessageStatus: status,
    SmsSid: message.sid,
    SmsStatus: status,
    To: message.to,
  }
  if (message.messagingServiceSid) params.MessagingServiceSid = message.messagingServiceSid
  if (errorCode) params.ErrorCode = String(errorCode)
  carrier.callbacks.tell({ account: message.account, sid: message.sid, url: message.statusCallback, params })
}
