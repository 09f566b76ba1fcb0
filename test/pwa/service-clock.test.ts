import { expect, test } from 'vitest'
import { byServiceClock, noteServiceTime } from '../../pwa/state/service-clock.ts'

const now = Date.parse('2026-11-25T03:00:00.000Z')

test('an answer from a phone whose clock is ten minutes slow does not count as ten minutes older', () => {
  noteServiceTime('Wed, 25 Nov 2026 03:10:00 GMT', now)
  expect(byServiceClock(now)).toBe(now + 600_000)
  noteServiceTime(null, now)
  noteServiceTime('nonsense', now)
  expect(byServiceClock(now)).toBe(now + 600_000)
})

test('the way of a message over the network does not turn the order of two answers round', () => {
  noteServiceTime('Wed, 25 Nov 2026 02:59:57 GMT', now)
  expect(byServiceClock(now)).toBe(now)
})
