import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Breaker, CLOSED, noteOutcome, open, probe } from '../../../src/domain/carriers/breaker.ts'
import { HOUR, SECOND } from '../../../src/domain/clock.ts'

const seeing = (outcomes: string, start: Breaker = CLOSED) =>
  [...outcomes].reduce((breaker, one, index) => noteOutcome(breaker, one === 'x', index), start)

describe('a carrier', () => {
  it('is trusted while it fails now and then', () => {
    expect(seeing('....x...x.x....x..').state).toBe('closed')
    expect(seeing('xxxx').state).toBe('closed')
  })

  it('is set aside when half of its last answers are failures', () => {
    expect(seeing('xxxxx').state).toBe('open')
    expect(seeing('.....xxxxx')).toMatchObject({ state: 'open', until: 10 * SECOND + 9 })
  })

  it('is not judged by what failed long ago', () => {
    const old = seeing('xxxx')
    expect(noteOutcome(old, true, 60 * SECOND).state).toBe('closed')
  })

  it('is trusted again after one message that it took, and set aside for longer after one that it did not', () => {
    const aside = open(CLOSED, 0)
    expect(probe(aside, 9 * SECOND)).toBeNull()
    const trying = probe(aside, 10 * SECOND)
    if (!trying) throw new Error('not probing')
    expect(noteOutcome(trying, false, 11 * SECOND)).toEqual(CLOSED)
    expect(noteOutcome(trying, true, 11 * SECOND)).toMatchObject({ state: 'open', until: 31 * SECOND })
  })

  it('is not trusted again because of a message that was under way when it was set aside', () => {
    expect(noteOutcome(open(CLOSED, 0), false, 1)).toMatchObject({ state: 'open' })
  })

  it('is trusted again by any message that it took after its rest, where no other carrier could spare it', () => {
    expect(noteOutcome(open(CLOSED, 0), false, 10 * SECOND)).toEqual(CLOSED)
    expect(noteOutcome(open(CLOSED, 0), true, 10 * SECOND)).toMatchObject({ state: 'open', until: 30 * SECOND })
  })

  it('is tried with another message when the one that was to show it comes to nothing', () => {
    const trying = probe(open(CLOSED, 0), 10 * SECOND)
    if (!trying) throw new Error('not probing')
    expect(probe(trying, 20 * SECOND)).toBeNull()
    expect(probe(trying, 40 * SECOND)).toMatchObject({ state: 'probing' })
  })

  it('is tried again within two minutes, whatever happened', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(20_000)), { maxLength: 200 }), (events) => {
        let breaker = CLOSED
        let now = 0
        for (const [failed, pause] of events) {
          now += pause
          breaker = noteOutcome(probe(breaker, now) ?? breaker, failed, now)
          expect(breaker.recent.length).toBeLessThanOrEqual(20)
          if (breaker.state === 'open') expect(breaker.until - now).toBeLessThanOrEqual(120 * SECOND)
        }
      }),
    )
  })

  it('is tried again at once when the clock was set back: it must not stay aside for the time that was lost', () => {
    const broken = open(CLOSED, 0)
    expect(probe(broken, 5_000)).toBeNull()
    expect(probe(broken, -HOUR)).toMatchObject({ state: 'probing' })
    expect(noteOutcome(broken, false, -HOUR)).toEqual(CLOSED)
  })
})
