import { type Arrivals, FIRST_COUNTED, PREFIX, type Setting } from './protocol.ts'

/** What becomes of one request. */
export type Verdict = 'accept' | 'fail' | 'stall' | 'too_fast'

const ACCOUNT = /\/Accounts\/(\w+)\//
/** As forms and addresses write a number, and as JSON does. */
const NUMBER = new RegExp(`(?:%2B|\\+|[Tt]o=)${PREFIX}(\\d{8})`)
const SECOND = 1_000

/** Counts every message once by its number. */
export function createCount(setting: Setting, onAll: () => void) {
  const { people, fault, perSecond } = setting
  const at = new Float64Array(people)
  const accepted: Record<string, number> = {}
  const recent = new Map<string, number[]>()
  let [total, different, others, refused, tooFast] = [0, 0, 0, 0, 0]
  let first: number | null = null
  let firstSinceMark: number | null = null

  const judge = (account: string, now: number): Verdict => {
    if (fault && account === fault.account && (accepted[account] ?? 0) >= fault.after) return fault.how
    if (perSecond === null) return 'accept'
    const times = recent.get(account) ?? []
    recent.set(account, times)
    while (times[0] !== undefined && now - times[0] >= SECOND) times.shift()
    if (times.length >= perSecond) return 'too_fast'
    times.push(now)
    return 'accept'
  }
  const note = (account: string, number: number, now: number) => {
    accepted[account] = (accepted[account] ?? 0) + 1
    const index = number - FIRST_COUNTED
    if (!(index >= 0 && index < people)) {
      others++
      return
    }
    total++
    first ??= now
    firstSinceMark ??= now
    if (at[index] !== 0) return
    at[index] = now
    different++
    if (different === people) onAll()
  }
  return {
    take(text: string): Verdict {
      const now = performance.timeOrigin + performance.now()
      const account = ACCOUNT.exec(text)?.[1] ?? 'none'
      const verdict = judge(account, now)
      if (verdict === 'accept') note(account, Number(NUMBER.exec(text)?.[1] ?? Number.NaN), now)
      else refused++
      if (verdict === 'too_fast') tooFast++
      return verdict
    },
    mark() {
      firstSinceMark = null
    },
    tell: (): Arrivals => ({ total, different, others, first, firstSinceMark, accepted, refused, tooFast }),
    /** The first accepted arrival of each counted person, in order. */
    times: (): number[] => [...at].filter((time) => time !== 0).sort((a, b) => a - b),
  }
}
