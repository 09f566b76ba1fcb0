import { type ApiRequest, type ApiResponse, type HttpClient, notConnected, timedOut } from './http-client.ts'

const TIMEOUT_MS = 15_000

/**
 * Sends requests by `fetch`, so that they run on Node and in workerd alike. Redirects are not followed: they would
 * carry the credentials elsewhere.
 *
 * @param timeoutMs how long an answer may take, milliseconds
 */
export function createFetchHttpClient(
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  timeoutMs: number = TIMEOUT_MS,
): HttpClient {
  return {
    async request({ method, uri, headers, body }: ApiRequest): Promise<ApiResponse> {
      try {
        const response = await fetch(uri, {
          method,
          headers,
          ...(body === null ? {} : { body }),
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
        })
        return { statusCode: response.status, body: await response.text(), headers: response.headers }
      } catch (error) {
        if (error instanceof Error && error.name === 'TimeoutError') throw timedOut(timeoutMs, error, true)
        throw notConnected(causeOf(error), error)
      }
    },
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : null
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}
