/** How the carrier misbehaves when told to. Everything is off at first. */
export interface Faults {
  /** Share (0 to 1) of accepted texts that fail later with 30008. */
  smsFailRate: number
  /** Share (0 to 1) of API requests answered with a 500 before anything is done. */
  status5xx: number
  /** Share (0 to 1) of API requests that are carried out but answered with a 502, as when an answer is lost. */
  lostAnswers: number
  /** Milliseconds an API request waits before it is looked at. */
  stallMs: number
  /** Milliseconds an answer is held back after the work is done. */
  delayMs: number
  /** Each status callback and inbound text is posted twice. */
  duplicateCallbacks: boolean
  /** Status callbacks overtake each other: `delivered` before `sent`. */
  shuffleCallbacks: boolean
  /** API requests per second above which 429 is answered; 0 leaves the account's own limits. */
  rateLimit: number
  /** Every API and push request is answered with 503. */
  down: boolean
  /** Account SID these faults are limited to; empty means all accounts. */
  onlyAccount: string
}

export const NO_FAULTS: Faults = {
  smsFailRate: 0,
  status5xx: 0,
  lostAnswers: 0,
  stallMs: 0,
  delayMs: 0,
  duplicateCallbacks: false,
  shuffleCallbacks: false,
  rateLimit: 0,
  down: false,
  onlyAccount: '',
}

/** Reads known fault fields out of untrusted JSON; fields of another type are left out. */
export function readFaults(input: unknown): Partial<Faults> {
  const source: Record<string, unknown> = typeof input === 'object' && input !== null ? { ...input } : {}
  const entries = Object.entries(NO_FAULTS).flatMap(([name, off]) => {
    const value = source[name]
    const usable = typeof value === typeof off && !(typeof value === 'number' && !(value >= 0))
    return usable ? [[name, value]] : []
  })
  return Object.fromEntries(entries)
}
