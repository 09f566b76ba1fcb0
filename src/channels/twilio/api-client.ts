// Only the two resources that are used: the whole SDK is 428 KiB compressed, its Api domain 50, these two 20.
import { CallListInstance } from 'twilio/lib/rest/api/v2010/account/call.js'
import { MessageListInstance } from 'twilio/lib/rest/api/v2010/account/message.js'
import type { Refusal } from './error-table.ts'
import type { HttpClient } from './http-client.ts'

/** The provider answered that it did not take the request. */
export class ProviderRefusal extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.reason)
    this.name = 'ProviderRefusal'
    this.refusal = refusal
  }
}

/** The provider took the request, but its answer cannot be read. */
export class UnreadableAnswer extends Error {}

export interface ApiOptions {
  accountSid: string
  authToken: string
  /** Without a slash at the end. */
  apiBaseUrl: string
  httpClient: HttpClient
}

type Version = Parameters<typeof MessageListInstance>[0]

interface CreateRequest {
  uri: string
  method: string
  data: Record<string, unknown>
  headers: Record<string, string>
}

const READABLE_REASON = 200

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

/** How long a `Retry-After` asks to wait, against the answer's own `Date` so that no clock is needed (RFC 9110, 10.2.3). */
function waitOf(headers: Headers): number | null {
  const value = headers.get('retry-after')
  if (value === null) return null
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000
  const wait = Date.parse(value) - Date.parse(headers.get('date') ?? '')
  return Number.isFinite(wait) ? Math.max(0, wait) : null
}

function refusalOf(status: number, body: string, headers: Headers): Refusal {
  const parsed = parse(body)
  const fields: { code?: unknown; message?: unknown; title?: unknown } =
    typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
  const { code } = fields
  const words = fields.message ?? fields.title
  return {
    status,
    code: typeof code === 'number' ? code : null,
    reason: typeof words === 'string' ? words.slice(0, READABLE_REASON) : `the provider answered HTTP ${status}`,
    afterMs: waitOf(headers),
  }
}

/**
 * The SDK's lists of messages and calls over an injected HTTP client. Their `create` throws {@link ProviderRefusal},
 * {@link UnreadableAnswer} or what the client throws.
 */
export function createApi(options: ApiOptions): { messages: MessageListInstance; calls: CallListInstance } {
  const create = async ({ uri, method, data, headers }: CreateRequest): Promise<object> => {
    const {
      statusCode,
      body,
      headers: answered,
    } = await options.httpClient.request({
      method,
      uri: `${options.apiBaseUrl}/2010-04-01${uri}`,
      username: options.accountSid,
      password: options.authToken,
      headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      data,
    })
    if (statusCode < 200 || statusCode >= 300) throw new ProviderRefusal(refusalOf(statusCode, body, answered))
    const parsed = parse(body)
    if (typeof parsed === 'object' && parsed !== null && 'sid' in parsed) return parsed
    throw new UnreadableAnswer('the provider took the request, but its answer cannot be read')
  }
  // The lists use nothing of their version but these two; the SDK's own version brings axios and every resource along.
  const version = { create, setPromiseCallback: (promise: Promise<unknown>) => promise } as unknown as Version
  return {
    messages: MessageListInstance(version, options.accountSid),
    calls: CallListInstance(version, options.accountSid),
  }
}
