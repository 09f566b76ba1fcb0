import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foreignShare, isQuiet } from '../../bench/measure/foreign-share.ts'
import { busiestWindow, growthExponent, median, quantile } from '../../bench/measure/statistics.ts'
import { writeTable } from '../../bench/measure/write-table.ts'

describe('a figure of a bench', () => {
  test('is the one in the middle, so that a single wild round changes nothing', () => {
    expect(median([2, 1, 900])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(median([])).toBeNaN()
  })

  test('of the slowest hundredth lies between the slowest and the rest', () => {
    const values = Array.from({ length: 101 }, (_, index) => index)
    expect(quantile(values, 0.99)).toBe(99)
    expect(quantile([7], 0.99)).toBe(7)
  })

  test('that grows with a power of the size gives that power', () => {
    const power = fc.double({ min: -1, max: 3, noNaN: true })
    const factor = fc.double({ min: 0.01, max: 100, noNaN: true })
    fc.assert(
      fc.property(power, factor, (exponent, scale) => {
        const points = [1_000, 10_000, 100_000].map((size) => ({ size, cost: scale * size ** exponent }))
        expect(growthExponent(points)).toBeCloseTo(exponent, 6)
      }),
    )
  })

  test('of the busiest second finds a burst wherever it lies, and counts nothing that is a second apart', () => {
    expect(busiestWindow([0, 500, 999, 1_000, 1_001, 3_000], 1_000)).toBe(4)
    expect(busiestWindow([0, 1_000, 2_000], 1_000)).toBe(1)
    expect(busiestWindow([], 1_000)).toBe(0)
  })

  test('of the busiest second is what counting from every message on gives', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5_000 })), (times) => {
        const sorted = times.toSorted((a, b) => a - b)
        const counts = sorted.map((start) => sorted.filter((time) => time >= start && time - start < 1_000).length)
        expect(busiestWindow(sorted, 1_000)).toBe(Math.max(0, ...counts))
      }),
    )
  })
})

describe('a round counts', () => {
  const before = { at: 100, busy: 50, own: 20 }

  test('when other processes took up to 12 % of all cores', () => {
    // Ten seconds of two cores: 15 s worked, of which 12.6 s for the bench.
    const share = foreignShare(before, { at: 110, busy: 65, own: 32.6 }, 2)
    expect(share).toBeCloseTo(0.12, 10)
    expect(isQuiet(0.12)).toBe(true)
    expect(isQuiet(0.1201)).toBe(false)
  })

  test('however hard the bench itself works', () => {
    expect(foreignShare(before, { at: 110, busy: 70, own: 40 }, 2)).toBe(0)
  })

  test('also when the system has counted more for the bench than for all, in its coarse steps', () => {
    expect(foreignShare(before, { at: 100.05, busy: 50.05, own: 20.07 }, 2)).toBe(0)
  })

  test('as it did when the clock has not moved on at all', () => {
    expect(foreignShare(before, { ...before, busy: 51 }, 2)).toBe(0)
  })
})

describe('the table of results', () => {
  const result = {
    bench: 'dispatch',
    case: 'sms, durable',
    n: 10_000,
    unit: 'messages/s',
    value: 12_600,
    ratio_to: 'BullMQ',
    ratio: 4.7,
    runs: 5,
    node: 'v24.0.0',
    cpu: 'a processor',
  }

  test('names who could not take part, with the command that mends it', () => {
    const table = writeTable([result, { bench: 'dispatch', missing: 'Kannel', install: 'apt-get install kannel' }])
    expect(table).toContain('- dispatch: Kannel did not take part. To have it: `apt-get install kannel`')
  })

  test('says when rounds count although they were disturbed, and when some were thrown away', () => {
    expect(writeTable([{ ...result, noisy: 2, thrown_away: 1 }])).toContain('| 5, 2 disturbed, 1 thrown away |')
  })

  test('says which target is missed', () => {
    expect(writeTable([{ ...result, target: 'ratio ≥ 5', met: false }])).toContain('ratio ≥ 5 ✗')
  })
})
