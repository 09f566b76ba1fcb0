/** A request to the provider, complete: a client only has to carry it. */
export interface ApiRequest {
  method: 'GET' | 'POST'
  uri: string
  headers: Record<string, string>
  /** Null for GET. */
  body: string | null
}

export interface ApiResponse {
  statusCode: number
  body: string
  headers: Pick<Headers, 'get'>
}

/** What carries requests to the provider; replaceable, so that each home uses its fastest client. */
export interface HttpClient {
  /** Throws {@link Unreachable} when there was no answer; any answer, also a refusal, is returned. */
  request(request: ApiRequest): Promise<ApiResponse>
}

/** No answer came. Unless no connection was ever made, whether the provider took the request is unknown. */
export class Unreachable extends Error {
  readonly code: 'twilio.timeout' | 'twilio.unreachable'
  readonly uncertain: boolean

  constructor(code: Unreachable['code'], message: string, cause: unknown, uncertain: boolean) {
    super(message, { cause })
    this.name = 'Unreachable'
    this.code = code
    this.uncertain = uncertain
  }
}

/** With these nothing can have been handed over. Other failures may come after the provider has taken the request. */
const NEVER_CONNECTED = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
])

/**
 * @param ms how long was waited, milliseconds
 * @param uncertain whether the request may have left
 */
export function timedOut(ms: number, cause: unknown, uncertain: boolean): Unreachable {
  return new Unreachable('twilio.timeout', `no answer within ${ms / 1000} s`, cause, uncertain)
}

/** @param code the system's or the client's name of what failed; empty where it has none */
export function notConnected(code: string, cause: unknown): Unreachable {
  const reason = code ? `the connection failed (${code})` : 'the connection failed'
  return new Unreachable('twilio.unreachable', reason, cause, !NEVER_CONNECTED.has(code))
}
