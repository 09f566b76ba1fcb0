/** What may go wrong with a webhook: no connection, no answer in time, or an answer that refuses. */
export type Failure = 'ct' | 'rt' | '4xx' | '5xx'

export interface ConnectionOverrides {
  /** How often it is asked again, at most. */
  retries: number
  retriesAfter: (failure: Failure) => boolean
  /** Whether the retry policy is none (the provider reports 11243 and keeps to its own). */
  invalid: boolean
}

const POLICIES = new Set(['ct', 'rt', '4xx', '5xx', 'all'])
const MOST_RETRIES = 5

/**
 * What stands behind the `#` of a webhook: by itself the provider asks once more, and only where it could not connect
 * (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
 */
export function readOverrides(url: string): ConnectionOverrides {
  const start = url.indexOf('#')
  const overrides = new URLSearchParams(start < 0 ? '' : url.slice(start + 1))
  const count = overrides.get('rc') ?? ''
  const asked = (overrides.get('rp') ?? 'ct').split(',').map((policy) => policy.trim())
  const invalid = !asked.every((policy) => POLICIES.has(policy))
  const policies = new Set<string>(invalid ? ['ct'] : asked)
  return {
    retries: /^\d+$/.test(count) ? Math.min(MOST_RETRIES, Number(count)) : 1,
    retriesAfter: (failure) => policies.has(failure) || policies.has('all'),
    invalid,
  }
}

/** What an answer means for the next try, null for one that was taken or that no try changes. */
export function failureOf(response: Response): Failure | null {
  if (response.status >= 500) return '5xx'
  return response.status >= 400 ? '4xx' : null
}
