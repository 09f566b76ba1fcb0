import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { segmentsOf } from '../../pwa/state/funnel.ts'

const count = fc.nat(100_000)
const counts = fc.record({ planned: count, accepted: count, delivered: count, heard: count, acknowledged: count })

describe('the bar of the ladder', () => {
  test('shows even one person among ten thousand', () => {
    const segments = segmentsOf({ planned: 9_999, accepted: 0, delivered: 0, heard: 0, acknowledged: 1 }, 1000, 8)
    expect(segments.map(({ rung }) => rung)).toEqual(['acknowledged', 'planned'])
    expect(segments[0]?.width).toBeGreaterThanOrEqual(8)
  })

  test('is filled exactly by everyone, whatever the counts', () => {
    fc.assert(
      fc.property(counts, (all) => {
        const segments = segmentsOf(all, 1000, 8)
        const width = segments.reduce((sum, segment) => sum + segment.width, 0)
        expect(width).toBeCloseTo(segments.length === 0 ? 0 : 1000, 6)
      }),
    )
  })
})
