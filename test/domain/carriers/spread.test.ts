import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSpread } from '../../../src/domain/carriers/spread.ts'
import { SECOND } from '../../../src/domain/clock.ts'

const NOW = Date.UTC(2027, 0, 15, 3)

function share(rates: readonly (number | null)[], messages: number): number[] {
  const spread = createSpread()
  const outlets = rates.map((perSecond, index) => ({ name: `c${index}`, perSecond }))
  const counts = rates.map(() => 0)
  for (let i = 0; i < messages; i++) {
    const chosen = spread.choose(outlets, NOW)
    const place = outlets.findIndex(({ name }) => name === chosen?.name)
    counts[place] = (counts[place] ?? 0) + 1
  }
  return counts
}

describe('when one alert has more messages than one carrier can take at once', () => {
  it('two equal carriers halve the time', () => {
    const [first = 0, second = 0] = share([10, 10], 10_000)
    expect(first + second).toBe(10_000)
    expect(first - second).toBeLessThanOrEqual(11)
  })

  it('a few messages all go by the carrier that comes first', () => {
    expect(share([10, 100], 10)).toEqual([10, 0])
  })

  it('a first carrier without a limit takes everything', () => {
    expect(share([null, 1000], 5_000)).toEqual([5_000, 0])
  })

  it('no carrier is left much longer at work than another could have spared it', () => {
    const rate = fc.integer({ min: 1, max: 200 })
    fc.assert(
      fc.property(
        fc.array(rate, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 3_000 }),
        (rates, messages) => {
          const counts = share(rates, messages)
          const ends = counts.map((count, index) => (count * SECOND) / (rates[index] ?? 1))
          const last = Math.max(...ends)
          const best = (messages * SECOND) / rates.reduce((sum, one) => sum + one, 0)
          const slowest = Math.max(...rates.map((one) => SECOND / one))
          expect(last).toBeLessThanOrEqual(best + SECOND + 2 * slowest)
        },
      ),
    )
  })

  it('the queue of a carrier empties with time', () => {
    const spread = createSpread()
    const outlets = [
      { name: 'first', perSecond: 1 },
      { name: 'second', perSecond: 1 },
    ]
    const at = (now: number) => spread.choose(outlets, now)?.name
    expect([at(NOW), at(NOW), at(NOW), at(NOW)]).toEqual(['first', 'first', 'second', 'first'])
    expect(at(NOW + 10 * SECOND)).toBe('first')
    expect(spread.choose([], NOW)).toBeNull()
  })
})
