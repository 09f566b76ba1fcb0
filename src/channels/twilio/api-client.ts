// Only what is used of the SDK: it is 428 KiB compressed, its Api domain 50, this resource 10.
import { CallListInstance } from 'twilio/lib/rest/api/v2010/account/call.js'
import { encodeForm } from './encode-form.ts'
import type { Refusal } from './error-table.ts'
import type { ApiResponse, HttpClient } from './http-client.ts'

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

type Version = Parameters<typeof CallListInstance>[0]

interface CreateRequest {
  uri: string
  data: Record<string, unknown>
}

export interface Api {
  /** Posts a form below the account's API. Throws {@link ProviderRefusal}, {@link UnreadableAnswer} or what the client throws. */
  post(path: string, form: string): Promise<{ sid: string }>
  /** The SDK's list of calls over the same. */
  calls: CallListInstance
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
function waitOf(headers: ApiResponse['headers']): number | null {
  const value = headers.get('retry-after')
  if (value === null) return null
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000
  const wait = Date.parse(value) - Date.parse(headers.get('date') ?? '')
  return Number.isFinite(wait) ? Math.max(0, wait) : null
}

function refusalOf(status: number, body: string, headers: ApiResponse['headers']): Refusal {
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

/** The header that names the account (RFC 7617). */
export function authorizationOf({ accountSid, authToken }: Pick<ApiOptions, 'accountSid' | 'authToken'>): string {
  return `Basic ${btoa(`${accountSid}:${authToken}`)}`
}

export function createApi(options: ApiOptions): Api {
  const { apiBaseUrl, httpClient, accountSid } = options
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    Accept: 'application/json',
    Authorization: authorizationOf(options),
  }
  const post = async (path: string, form: string): Promise<{ sid: string }> => {
    const uri = `${apiBaseUrl}/2010-04-01${path}`
    const answer = await httpClient.request({ method: 'POST', uri, headers, body: form })
    const { statusCode, body } = answer
    if (statusCode < 200 || statusCode >= 300) throw new ProviderRefusal(refusalOf(statusCode, body, answer.headers))
    const parsed = parse(body)
    if (hasSid(parsed)) return parsed
    throw new UnreadableAnswer('the provider took the request, but its answer cannot be read')
  }
  // The list uses nothing of its version but these two; the SDK's own version brings axios and every resource along.
  const create = ({ uri, data }: CreateRequest) => post(uri, encodeForm(data))
  const version = { create, setPromiseCallback: (promise: Promise<unknown>) => promise } as unknown as Version
  return { post, calls: CallListInstance(version, accountSid) }
}

function hasSid(parsed: unknown): parsed is { sid: string } {
  return typeof parsed === 'object' && parsed !== null && 'sid' in parsed && typeof parsed.sid === 'string'
}
