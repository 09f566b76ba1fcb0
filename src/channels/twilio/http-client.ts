/** A request as the provider's SDK asks for it. */
export interface ApiRequest {
  method: string
  uri: string
  username: string
  password: string
  headers: Record<string, string>
  /** Form fields; a list is repeated. */
  data: Record<string, unknown>
}

export interface ApiResponse {
  statusCode: number
  body: string
  headers: Headers
}

/** What sends the SDK's requests; replaceable, so that each home uses its fastest client. */
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
