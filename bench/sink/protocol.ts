/** Numbers of the counted people and of those who only warm up: each is one of so many numbers behind a prefix. */
export const PREFIX = '49151'
export const FIRST_COUNTED = 10_000_000
export const FIRST_WARM = 90_000_000

/** A German mobile number in E.164: a block long enough for every person of every bench. */
export function numberOf(index: number, first: number = FIRST_COUNTED): string {
  return `+${PREFIX}${first + index}`
}

/** What a carrier does wrong, from a certain message of one account on. */
export interface Fault {
  account: string
  /** How many messages of the account go well before. */
  after: number
  /** `fail`: answers 503 at once. `stall`: takes the request and never answers. */
  how: 'fail' | 'stall'
}

export interface Setting {
  /** How many people are counted. */
  people: number
  /** How long each answer takes, milliseconds. */
  latency: number
  fault: Fault | null
  /** Every account takes so many messages a second and answers 429 to more; null takes all. */
  perSecond: number | null
  /** It can be asked whether it has a message; otherwise it says that there is none. */
  listed: boolean
}

export type Order = { kind: 'reset'; setting: Setting } | { kind: 'tell' } | { kind: 'times' } | { kind: 'mark' }

/** What has arrived since the last reset. Times are UTC milliseconds. */
export interface Arrivals {
  /** Accepted messages of counted people. */
  total: number
  /** Counted people who were sent at least one message that was accepted. */
  different: number
  /** Accepted messages of others. */
  others: number
  first: number | null
  /** The first one accepted since the last mark. */
  firstSinceMark: number | null
  accepted: Record<string, number>
  /** Requests that failed, stalled or came too fast. */
  refused: number
  tooFast: number
}

export type Report =
  | { kind: 'listening'; port: number }
  | { kind: 'told'; arrivals: Arrivals }
  | { kind: 'times'; times: number[] }
  | { kind: 'set' }
  | { kind: 'all' }
