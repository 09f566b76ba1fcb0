import type { ProblemBody } from '../../src/contract/shapes.ts'
import { noteContact } from '../state/contact.ts'
import { noteServiceTime } from '../state/service-clock.ts'

/** What the service answered instead of doing what was asked (problem details, RFC 9457). */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly field: string | undefined
  readonly details: unknown
  constructor(status: number, body: Partial<ProblemBody>) {
    super(body.detail || body.title || `The service answered ${status}.`)
    this.status = status
    this.code = body.code ?? `http.${status}`
    this.field = body.field
    this.details = body.details
  }
}

/** No answer came, or none that can be read: whether the service took the request is unknown. */
export class Unreachable extends Error {}

interface RequestOptions {
  json?: unknown
  file?: { content: Blob; type: string }
  headers?: Record<string, string>
  signal?: AbortSignal
  /** Milliseconds after which the request counts as unanswered. */
  timeout?: number
}

/** One request to the API. Throws `Refused` for an error answer and `Unreachable` when none came. */
export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(method, path, options)
  const text = await response.text().catch(() => '')
  const body = parse<T | Partial<ProblemBody>>(text)
  if (!response.ok) throw new Refused(response.status, (body as Partial<ProblemBody> | null) ?? {})
  const mayBeEmpty = response.status === 204 || (response.status === 202 && text === '')
  if (body === null && !mayBeEmpty) throw new Unreachable('The answer of the service was cut off.')
  return body as T
}

async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers }
  if (options.json !== undefined) headers['content-type'] = 'application/json'
  if (options.file) headers['content-type'] = options.file.type
  const limit = AbortSignal.timeout(options.timeout ?? 15_000)
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit
  const body = options.file?.content ?? (options.json === undefined ? null : JSON.stringify(options.json))
  try {
    const response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      body,
      signal,
      credentials: 'same-origin',
      cache: 'no-store',
    })
    noteContact(true)
    noteServiceTime(response.headers.get('date'), Date.now())
    return response
  } catch (error) {
    if (options.signal?.aborted) throw error
    noteContact(false)
    throw new Unreachable('No answer from the service.', { cause: error })
  }
}

/** The same for long work: `take` gets every line of JSON as it comes. Throws like `request`. */
export async function requestLines<Line>(
  method: string,
  path: string,
  options: RequestOptions,
  take: (line: Line) => void,
): Promise<void> {
  const headers = { ...options.headers, accept: 'application/x-ndjson' }
  const response = await send(method, path, { ...options, headers })
  if (!response.ok) throw new Refused(response.status, parse<Partial<ProblemBody>>(await response.text()) ?? {})
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let held = ''
  try {
    for (;;) {
      const part = await reader?.read()
      if (!part || part.done) break
      const lines = `${held}${part.value}`.split('\n')
      held = lines.pop() ?? ''
      for (const line of lines) take(JSON.parse(line) as Line)
    }
  } catch (error) {
    throw new Unreachable('The answer of the service was cut off.', { cause: error })
  }
}

function parse<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T
  } catch {
    return null
  }
}
