import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR, SECOND } from '../../../src/domain/clock.ts'
import { createPace } from '../../../src/domain/deliveries/pace.ts'

/** When messages leave that are sent as soon as the pace allows, each after a hiccup of the process. */
function departures(perSecond: number, hiccups: readonly number[]): number[] {
  const pace = createPace(perSecond)
  let now = 0
  return hiccups.map((hiccup) => {
    now = pace.next(now) + hiccup
    pace.left(now)
    return now
  })
}

describe('a carrier’s rate', () => {
  it('is never exceeded in any second, however unevenly the process runs', () => {
    const rates = fc.constantFrom(1, 2, 10, 100)
    const hiccups = fc.array(fc.oneof(fc.constant(0), fc.nat(40), fc.nat(900)), { minLength: 1, maxLength: 400 })
    fc.assert(
      fc.property(rates, hiccups, (rate, late) => {
        const left = departures(rate, late)
        for (const [index, at] of left.entries()) {
          const earlier = left[index - rate]
          if (earlier !== undefined) expect(at - earlier).toBeGreaterThan(SECOND)
        }
      }),
    )
  })

  it('is used to the full where nothing hinders', () => {
    const left = departures(100, Array(1_001).fill(0))
    expect(((left.at(-1) ?? 0) - (left[0] ?? 0)) / SECOND).toBeLessThan(10 / 0.97)
  })

  it('may be one message in several seconds', () => {
    const left = departures(0.5, [0, 0, 0])
    expect(left.map((at) => Math.round(at / SECOND))).toEqual([0, 2, 4])
  })

  it('holds nothing for the time that a clock loses when it is set back', () => {
    const pace = createPace(1)
    pace.left(5 * HOUR)
    expect(pace.next(4 * HOUR)).toBe(4 * HOUR)
  })
})
