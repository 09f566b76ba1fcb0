import { describe, expect, test } from 'vitest'
import {
  formatEstimate,
  formatLength,
  formatMoment,
  formatSecond,
  formatShare,
  formatSpan,
  nameZone,
  parseDuration,
  plural,
} from '../../pwa/format.ts'

describe('numbers and times on the screen', () => {
  test('one person is not "1 people"', () => {
    expect(plural(1, 'person', 'people', 'en')).toBe('1 person')
    expect(plural(0, 'person', 'people', 'en')).toBe('0 people')
    expect(plural(12_345, 'person', 'people', 'en')).toBe('12,345 people')
  })

  test('100 % is said only when everyone has answered', () => {
    expect(formatShare(9_999, 10_000, 'en')).toBe('99%')
    expect(formatShare(10_000, 10_000, 'en')).toBe('100%')
    expect(formatShare(0, 0, 'en')).toBe('0%')
  })

  test('a time that was set is given in full', () => {
    const lengths = [45_000, 90_000, 300_000, 5_400_000, 129_600_000, 0]
    expect(lengths.map(formatLength)).toEqual(['45 s', '1 min 30 s', '5 min', '1 h 30 min', '1 d 12 h', '0 s'])
  })

  test('an age is given by its largest unit and is never negative', () => {
    expect([-5, 0, 59_999, 60_000, 3_599_999, 3_600_000, 90_000_000].map(formatSpan)).toEqual([
      ...['0 s', '0 s', '59 s', '1 min', '59 min', '1 h', '1 d'],
    ])
  })

  test('a moment carries its zone, and its day when that is another one', () => {
    const now = Date.parse('2026-11-25T12:00:00Z')
    expect(formatMoment('2026-11-25T03:04:00Z', now, 'en-GB', 'UTC')).toBe('03:04 UTC')
    expect(formatMoment('2026-11-24T03:04:00Z', now, 'en-GB', 'UTC')).toBe('24 Nov, 03:04 UTC')
    expect(formatMoment('2026-11-25T03:04:00Z', now, 'en-GB', 'Europe/Berlin')).toBe('04:04 CET')
  })

  test('what happened yesterday is not read as today in a timeline, whose heading names the zone', () => {
    const now = Date.parse('2026-11-25T12:00:00Z')
    expect(formatSecond('2026-11-25T03:04:05Z', now, 'en-GB', 'UTC')).toBe('03:04:05')
    expect(formatSecond('2026-11-24T03:04:05Z', now, 'en-GB', 'UTC')).toBe('24 Nov, 03:04:05')
    expect(nameZone(now, 'en-GB', 'America/New_York')).toBe('GMT-5')
  })

  test('the times of a plan are read from ISO 8601, and nonsense is not', () => {
    expect(parseDuration('PT0S')).toBe(0)
    expect(parseDuration('PT3M')).toBe(180_000)
    expect(parseDuration('P1DT2H30M')).toBe(95_400_000)
    for (const wrong of ['', 'P', 'PT', '3M', 'P1Y', 'PT3']) expect(parseDuration(wrong)).toBeNull()
  })

  test('an estimate is said by its two largest units and never promises too much', () => {
    expect([0.4, 45, 90, 3_600, 9_999].map(formatEstimate)).toEqual(['1 s', '45 s', '2 min', '1 h', '2 h 47 min'])
  })
})
