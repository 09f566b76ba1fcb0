import { describe, expect, test } from 'vitest'
import { awayAt, readLocalField, toLocalField } from '../../pwa/state/absence.ts'

const NOW = Date.parse('2026-11-25T03:00:00.000Z')

describe('an absence', () => {
  test('is set in the time of the device and sent in UTC', () => {
    const until = NOW + 90 * 60_000
    expect(readLocalField(toLocalField(until), NOW)).toBe(new Date(until).toISOString())
  })

  test.each(['', 'tomorrow', '2026-11-25', '2026-13-45T99:99'])('is not set to a time that is none: "%s"', (value) => {
    expect(readLocalField(value, NOW)).toBeNull()
  })

  test('is not set to a time that is past', () => {
    expect(readLocalField(toLocalField(NOW - 60_000), NOW)).toBeNull()
  })

  test('is over when its time has come', () => {
    const until = '2026-11-25T03:00:00.000Z'
    expect(awayAt(until, NOW - 1)).toBe(until)
    expect(awayAt(until, NOW)).toBeNull()
    expect(awayAt(null, NOW)).toBeNull()
  })
})
