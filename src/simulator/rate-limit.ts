import { ProviderError } from './provider-error.ts'

/** Counts takes per key over the last second. `take` throws 20429 when one more would pass the limit. */
export function createRateLimit(now: () => number): { take(key: string, perSecond: number): void } {
  const taken = new Map<string, number[]>()
  return {
    take(key, perSecond) {
      const since = now() - 1000
      const recent = (taken.get(key) ?? []).filter((at) => at > since)
      if (recent.length >= Math.max(1, perSecond)) throw new ProviderError(20429)
      recent.push(now())
      taken.set(key, recent)
    },
  }
}
