import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeBottleneck } from '../../../src/domain/carriers/describe-bottleneck.ts'
import {
  type EstimatedOutlet,
  type EstimatedSend,
  estimateReach,
  gapOf,
} from '../../../src/domain/carriers/estimate-reach.ts'
import { HOUR, MINUTE, SECOND } from '../../../src/domain/clock.ts'

const outlet = (name: string, perSecond: number | null, concurrency: number | null = null): EstimatedOutlet => ({
  ...{ name, perSecond, concurrency },
})
const sms = (at: number, ...outlets: EstimatedOutlet[]): EstimatedSend => ({ at, channel: 'sms', outlets })
const crowd = (count: number, sends: readonly EstimatedSend[]) => Array.from({ length: count }, () => sends)

const rate = fc.integer({ min: 1, max: 100 })
/** Each person gets none, a text, a call three minutes later, or both. */
const habits = fc.array(fc.constantFrom('none', 'text', 'call', 'both'), { minLength: 1, maxLength: 120 })
const sendsOf = (habit: string, texts: readonly EstimatedOutlet[], calls: readonly EstimatedOutlet[]) => [
  ...(habit === 'text' || habit === 'both' ? [sms(0, ...texts)] : []),
  ...(habit === 'call' || habit === 'both' ? [{ at: 3 * MINUTE, channel: 'voice' as const, outlets: calls }] : []),
]

/** The same by ticks of a millisecond: who is due stands in line, and each line lets one go when its gap is over. */
function simulate(people: readonly (readonly EstimatedSend[])[]): (number | null)[] {
  const lines = new Map<EstimatedOutlet, { at: number; person: number }[]>()
  for (const [person, sends] of people.entries()) {
    for (const { at, outlets } of sends) {
      const [only] = outlets
      if (only) lines.set(only, [...(lines.get(only) ?? []), { at, person }])
    }
  }
  const reached = people.map((): number | null => null)
  for (const [line, waiting] of lines) {
    waiting.sort((one, other) => one.at - other.at || one.person - other.person)
    let gap = 0
    for (let now = 0; waiting.length > 0; now++) {
      const [next] = waiting
      gap = Math.max(0, gap - 1)
      if (!next || next.at > now || gap > 0) continue
      waiting.shift()
      reached[next.person] = Math.min(reached[next.person] ?? Number.POSITIVE_INFINITY, now)
      gap = gapOf(line)
    }
  }
  return reached
}

describe('how long an alert will take', () => {
  it('is what a queue takes that is simulated millisecond by millisecond', () => {
    const whole = fc.constantFrom(1, 2, 4, 5, 8, 10, 20, 50)
    fc.assert(
      fc.property(habits, whole, whole, (all, texts, calls) => {
        const text = outlet('text', texts, 100)
        const call = outlet('call', calls, 100)
        const people = all.map((habit) => sendsOf(habit, [text], [call]))
        const times = simulate(people).filter((time) => time !== null)
        times.sort((one, other) => one - other)
        const estimate = estimateReach(people)
        expect(estimate.reached).toBe(times.length)
        expect(estimate.all).toBe(times.at(-1) ?? null)
        expect(estimate.half).toBe(times[Math.ceil(times.length / 2) - 1] ?? null)
      }),
      { numRuns: 40 },
    )
  })

  it('is never longer with faster carriers, and never shorter with more people', () => {
    fc.assert(
      fc.property(habits, rate, rate, rate, (all, texts, calls, more) => {
        const run = (count: number, faster: number) =>
          estimateReach(
            all
              .slice(0, count)
              .map((habit) => sendsOf(habit, [outlet('t', texts + faster)], [outlet('c', calls + faster)])),
          )
        const [whole, faster, fewer] = [run(all.length, 0), run(all.length, more), run(all.length - 1, 0)]
        expect(faster.all ?? 0).toBeLessThanOrEqual(whole.all ?? 0)
        expect(faster.half ?? 0).toBeLessThanOrEqual(whole.half ?? 0)
        expect(fewer.all ?? 0).toBeLessThanOrEqual(whole.all ?? 0)
      }),
    )
  })

  it('goes up with the part of the people, and every message is somebody’s', () => {
    fc.assert(
      fc.property(habits, rate, rate, (all, first, second) => {
        const texts = [outlet('first', first), outlet('second', second)]
        const people = all.map((habit) => sendsOf(habit, texts, texts))
        const { half, ninety, all: last, loads, reached } = estimateReach(people)
        expect(half ?? 0).toBeLessThanOrEqual(ninety ?? 0)
        expect(ninety ?? 0).toBeLessThanOrEqual(last ?? 0)
        expect(loads.reduce((sum, { messages }) => sum + messages, 0)).toBe(people.flat().length)
        expect(loads.reduce((sum, { firsts }) => sum + firsts, 0)).toBe(reached)
      }),
    )
  })

  it('is halved by a second carrier of the same rate', () => {
    const one = estimateReach(crowd(10_000, [sms(0, outlet('a', 1))])).all ?? 0
    const two = estimateReach(crowd(10_000, [sms(0, outlet('a', 1), outlet('b', 1))])).all ?? 0
    expect(one).toBe(9_999 * SECOND)
    expect(Math.abs(two - one / 2)).toBeLessThanOrEqual(2 * SECOND)
  })

  it('is that of the published limits: two hours and three quarters for 10,000 texts from one long code', () => {
    expect((estimateReach(crowd(10_000, [sms(0, outlet('long code', 1))])).all ?? 0) / HOUR).toBeCloseTo(2.78, 2)
    expect((estimateReach(crowd(10_000, [sms(0, outlet('name', 10))])).all ?? 0) / MINUTE).toBeCloseTo(16.7, 1)
    expect((estimateReach(crowd(10_000, [sms(0, outlet('short code', 100))])).all ?? 0) / SECOND).toBeCloseTo(100, 0)
  })

  it('is bound by what may be on its way at once where that is little', () => {
    const narrow = estimateReach(crowd(101, [sms(0, outlet('a', 100, 1))])).all
    expect(narrow).toBe(100 * 150)
  })

  it('is nothing at all where nobody can be reached', () => {
    expect(estimateReach([[], []])).toEqual({ reached: 0, half: null, ninety: null, all: null, loads: [] })
    expect(describeBottleneck(estimateReach([[]]), ['sms'])).toBeNull()
  })
})

describe('what is said to hold people up', () => {
  it('names the carrier, its rate and what would help', () => {
    const slow = estimateReach(crowd(10_000, [sms(0, outlet('carrier-a', 1))]))
    expect(describeBottleneck(slow, ['sms'])?.replaceAll('\u00A0', ' ')).toBe(
      'SMS by "carrier-a" at 1 per second: 10,000 people take 2 h 46 min 39 s; a second carrier or push would help.',
    )
    const two = estimateReach(crowd(10_000, [sms(0, outlet('a', 1), outlet('b', 1))]))
    expect(describeBottleneck(two, ['push', 'sms'])).toMatch(/a further carrier would help\.$/)
  })

  it('blames the plan, not the carrier, where people have no way before a late step', () => {
    const late = estimateReach([
      [sms(0, outlet('a', 10))],
      [{ at: 5 * MINUTE, channel: 'voice', outlets: [outlet('a', 1)] }],
    ])
    expect(describeBottleneck(late, ['sms', 'voice'])?.replaceAll('\u00A0', ' ')).toBe(
      '1 person is reached first by Voice, the last of them 5 min after the alert is raised: no earlier step of the plan has a way to them.',
    )
  })

  it('is silent when everybody is reached within a minute', () => {
    expect(describeBottleneck(estimateReach(crowd(100, [sms(0, outlet('a', 10))])), ['sms'])).toBeNull()
  })
})
