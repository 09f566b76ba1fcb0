/** What of a gateway's answer counts. */
export interface PostAnswer {
  status: number
  /** `Retry-After` and the `Date` against which it is read. */
  retryAfter: string | null
  date: string | null
}

/** One POST as the home makes it. It follows no redirect, and throws {@link Unanswered} only. */
export type Post = (url: URL, headers: Record<string, string>, body: string) => Promise<PostAnswer>

/** A POST without an answer. */
export class Unanswered extends Error {
  readonly kind: 'timeout' | 'unreachable' | 'forbidden'
  /** Whether the gateway may have it all the same. */
  readonly uncertain: boolean
  constructor(kind: Unanswered['kind'], uncertain: boolean) {
    super(kind)
    this.kind = kind
    this.uncertain = uncertain
  }
}

/** How long an answer may take, milliseconds; well within a lease of the outbox. */
export const POST_TIMEOUT_MS = 15_000

/** For a home that cannot see to which address it connects. Whether anything arrived is never known without an answer. */
export function postByFetch(fetch: (url: string, init: RequestInit) => Promise<Response>): Post {
  return async (url, headers, body) => {
    try {
      const response = await fetch(url.href, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(POST_TIMEOUT_MS),
      })
      // Nobody waits for the end of what nobody reads.
      response.body?.cancel().catch(() => {})
      const { status, headers: answered } = response
      return { status, retryAfter: answered.get('retry-after'), date: answered.get('date') }
    } catch (error) {
      throw new Unanswered(error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable', true)
    }
  }
}
