import { type ApiRequest, type ApiResponse, type HttpClient, Unreachable } from './http-client.ts'

const TIMEOUT_MS = 15_000

function formOf(data: Record<string, unknown>): URLSearchParams {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(data)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) form.append(name, String(one))
  }
  return form
}

/**
 * Sends the SDK's requests by `fetch`, so that they run on Node and in workerd alike. Redirects are not followed: they
 * would carry the credentials elsewhere.
 *
 * @param timeoutMs how long an answer may take, milliseconds
 */
export function createFetchHttpClient(
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  timeoutMs: number = TIMEOUT_MS,
): HttpClient {
  return {
    async request(request: ApiRequest): Promise<ApiResponse> {
      const credentials = btoa(`${request.username}:${request.password}`)
      try {
        const response = await fetch(request.uri, {
          method: request.method.toUpperCase(),
          headers: { ...request.headers, Authorization: `Basic ${credentials}` },
          ...(request.method.toUpperCase() === 'GET' ? {} : { body: formOf(request.data).toString() }),
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
        })
        return { statusCode: response.status, body: await response.text(), headers: response.headers }
      } catch (error) {
        if (error instanceof Error && error.name === 'TimeoutError') {
          throw new Unreachable('twilio.timeout', `no answer within ${timeoutMs / 1000} s`, error, true)
        }
        const cause = causeOf(error)
        const reason = cause ? `the connection failed (${cause})` : 'the connection failed'
        throw new Unreachable('twilio.unreachable', reason, error, !NEVER_CONNECTED.has(cause))
      }
    },
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

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : null
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}
