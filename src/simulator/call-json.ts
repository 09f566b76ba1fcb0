import { API_VERSION, type CallRecord } from './carrier.ts'
import { rfc2822 } from './message-json.ts'

const SUBRESOURCES = ['Notifications', 'Recordings', 'Payments', 'Events', 'Siprec', 'Streams', 'Transcriptions']

function formatted(number: string): string {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number)
  return american ? `(${american[1]}) ${american[2]}-${american[3]}` : number
}

/** Whole seconds between pick-up and end; 0 for a call nobody took. */
export function callSeconds(call: CallRecord): number {
  return call.answeredAt === null || call.endedAt === null ? 0 : Math.round((call.endedAt - call.answeredAt) / 1000)
}

/** The call as the API shows it. */
export function callJson(call: CallRecord): Record<string, unknown> {
  const uri = `/${API_VERSION}/Accounts/${call.account.accountSid}/Calls/${call.sid}`
  const time = (at: number | null) => (at === null ? null : rfc2822(at))
  return {
    account_sid: call.account.accountSid,
    answered_by: call.answeredBy,
    api_version: API_VERSION,
    caller_name: null,
    date_created: rfc2822(call.createdAt),
    date_updated: rfc2822(call.updatedAt),
    direction: call.direction,
    duration: call.endedAt === null ? null : String(callSeconds(call)),
    end_time: time(call.endedAt),
    forwarded_from: null,
    from: call.from,
    from_formatted: formatted(call.from),
    group_sid: null,
    parent_call_sid: null,
    phone_number_sid: null,
    price: null,
    price_unit: 'USD',
    queue_time: '0',
    sid: call.sid,
    start_time: time(call.startedAt),
    status: call.status,
    subresource_uris: Object.fromEntries(SUBRESOURCES.map((name) => [name.toLowerCase(), `${uri}/${name}.json`])),
    to: call.to,
    to_formatted: formatted(call.to),
    trunk_sid: null,
    uri: `${uri}.json`,
  }
}
