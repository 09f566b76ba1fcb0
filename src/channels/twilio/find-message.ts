import type { OutgoingMessage } from '../../application/ports/carrier.ts'
import { SECOND } from '../../domain/clock.ts'
import { writeSms } from '../../domain/messages/write-sms.ts'
import { type ApiOptions, authorizationOf } from './api-client.ts'

/** The provider's times are whole seconds, and its clock is not ours. */
const CLOCK_ROOM = 5 * SECOND
/** What came to nothing there is no reason to wait for. */
const LOST = new Set(['failed', 'undelivered', 'canceled'])

/**
 * A message or call to this number that the provider has from a hand-over which it never answered, the newest first:
 * the same text, or a call, since that time. Null also when the provider cannot be asked.
 *
 * Sources: https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources and
 * https://www.twilio.com/docs/voice/api/call-resource#read-multiple-call-resources
 *
 * @param since UTC milliseconds
 */
export async function findMessage(
  options: ApiOptions,
  message: OutgoingMessage,
  since: number,
): Promise<{ providerId: string } | null> {
  const call = message.channel === 'voice'
  const list = call ? 'calls' : 'messages'
  const query = new URLSearchParams({ To: message.address, PageSize: '50' })
  const path = `/2010-04-01/Accounts/${options.accountSid}/${call ? 'Calls' : 'Messages'}.json?${query}`
  const { statusCode, body } = await options.httpClient.request({
    method: 'GET',
    uri: options.apiBaseUrl + path,
    headers: { Accept: 'application/json', Authorization: authorizationOf(options) },
    body: null,
  })
  if (statusCode !== 200) return null
  const items: unknown = (JSON.parse(body) as Record<string, unknown>)[list]
  if (!Array.isArray(items)) return null
  const text = call ? null : writeSms(message)
  const found = (items as Listed[]).find(
    (item) =>
      Date.parse(item.date_created) >= since - CLOCK_ROOM &&
      !LOST.has(item.status) &&
      (text === null ? item.direction.startsWith('outbound') : item.body === text),
  )
  return found ? { providerId: found.sid } : null
}

interface Listed {
  sid: string
  status: string
  direction: string
  date_created: string
  body?: string
}
