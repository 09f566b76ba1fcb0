/**
 * After so many statements an invocation begins nothing new. D1 takes 1,000 from one invocation and fails all that
 * follow; the rest is for what is under way. https://developers.cloudflare.com/d1/platform/limits/
 */
export const MOST_STATEMENTS = 700

/** What one invocation may still ask of the database. */
export interface Budget {
  /** Counts one statement, read or write. */
  spend(): void
  /** Aborted once the budget is used up. */
  spent: AbortSignal
}

export function createBudget(most: number): Budget {
  const stop = new AbortController()
  let statements = 0
  return {
    spend() {
      statements++
      if (statements >= most) stop.abort()
    },
    spent: stop.signal,
  }
}
