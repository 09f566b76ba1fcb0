import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../../src/domain/clock.ts'
import {
  type ContactHistory,
  decideNext,
  MOST_MESSAGES,
  type PastDelivery,
  type PlannedStep,
} from '../../../src/domain/deliveries/decide-next.ts'

const PLAN: PlannedStep[] = [
  { after: 0, channels: ['push', 'sms'] },
  { after: 3 * MINUTE, channels: ['voice'] },
]
const point = (id: string, kind: 'push' | 'sms' | 'voice', usable = true) => ({ id, kind, usable, optedOut: false })
const past = (
  contactPointId: string,
  channel: PastDelivery['channel'],
  change: Partial<PastDelivery> = {},
): PastDelivery => ({
  contactPointId,
  channel,
  step: 0,
  state: 'delivered',
  failure: null,
  attempts: 1,
  ...change,
})
const refused = { state: 'failed', failure: 'permanent' } as const
const missed = { state: 'failed', failure: 'temporary' } as const

describe('who is contacted next', () => {
  it('is every device and the first number at once', () => {
    const points = [point('p1', 'push'), point('p2', 'push'), point('s1', 'sms'), point('s2', 'sms')]
    const { send, nextAt } = decideNext(PLAN, { points, deliveries: [] }, 0, 0, 0)
    expect(send.map(({ contactPointId }) => contactPointId)).toEqual(['p1', 'p2', 's1'])
    expect(nextAt).toBe(3 * MINUTE)
  })

  it('is the second number at once when the first was refused for good', () => {
    const deliveries: PastDelivery[] = [past('s1', 'sms', refused)]
    const { send, nextStep } = decideNext(
      PLAN,
      { points: [point('s1', 'sms'), point('s2', 'sms')], deliveries },
      1,
      0,
      5,
    )
    expect(send).toEqual([{ contactPointId: 's2', channel: 'sms', step: 0 }])
    expect(nextStep).toBe(1)
  })

  it('is a call at once when the only number was refused for texts', () => {
    const deliveries: PastDelivery[] = [past('s1', 'sms', refused)]
    const { send } = decideNext(PLAN, { points: [point('s1', 'sms'), point('v1', 'voice')], deliveries }, 1, 0, 5)
    expect(send).toEqual([{ contactPointId: 'v1', channel: 'voice', step: 1 }])
  })

  describe('after a voicemail', () => {
    const points = [point('s1', 'sms'), point('v1', 'voice')]
    const met = past('v1', 'voice', { state: 'failed', failure: 'voicemail', step: 1, againAt: 5 * MINUTE })

    it('is the same person by phone once more, a while later, although the plan is over', () => {
      const waiting = decideNext(PLAN, { points, deliveries: [past('s1', 'sms'), met] }, 2, 0, 4 * MINUTE)
      expect(waiting).toMatchObject({ send: [], nextAt: 5 * MINUTE })
      const { send, nextAt } = decideNext(PLAN, { points, deliveries: [past('s1', 'sms'), met] }, 2, 0, 5 * MINUTE)
      expect({ send, nextAt }).toEqual({ send: [{ contactPointId: 'v1', channel: 'voice', step: 1 }], nextAt: null })
    })

    it('is nobody by phone a third time, and nobody twice at once where the plan calls again anyway', () => {
      const again = decideNext(PLAN, { points, deliveries: [past('s1', 'sms'), met, met] }, 2, 0, 9 * MINUTE)
      expect(again).toMatchObject({ send: [], nextAt: null })
      const plan = [...PLAN, { after: 8 * MINUTE, channels: ['voice' as const] }]
      const planned = decideNext(plan, { points, deliveries: [past('s1', 'sms'), met] }, 2, 0, 6 * MINUTE)
      expect(planned).toMatchObject({ send: [], nextAt: 8 * MINUTE })
    })

    it('is nobody at a number that is gone meanwhile', () => {
      const gone = [point('s1', 'sms'), point('v1', 'voice', false)]
      expect(decideNext(PLAN, { points: gone, deliveries: [past('s1', 'sms'), met] }, 2, 0, 9 * MINUTE).send).toEqual(
        [],
      )
    })
  })

  it('is nobody any more after as many messages as one person may get', () => {
    const deliveries = Array.from({ length: MOST_MESSAGES }, () => past('s1', 'sms'))
    const decision = decideNext(PLAN, { points: [point('s1', 'sms'), point('v1', 'voice')], deliveries }, 1, 0, HOUR)
    expect(decision).toEqual({ send: [], nextStep: 2, nextAt: null, passed: [] })
  })

  it('waits for its time when a text is merely unanswered', () => {
    const deliveries: PastDelivery[] = [past('s1', 'sms')]
    const { send, nextAt } = decideNext(
      PLAN,
      { points: [point('s1', 'sms'), point('v1', 'voice')], deliveries },
      1,
      0,
      5,
    )
    expect(send).toEqual([])
    expect(nextAt).toBe(3 * MINUTE)
  })

  it('is nobody by telephone yet when one of two devices is gone and the text has arrived', () => {
    const points = [point('p1', 'push'), point('s1', 'sms'), point('v1', 'voice')]
    const deliveries = [past('p1', 'push', refused), past('s1', 'sms')]
    expect(decideNext(PLAN, { points, deliveries }, 1, 0, 5)).toMatchObject({ send: [], nextAt: 3 * MINUTE })
  })

  it('is a call at once when the addressee told the text’s sender to stop, whatever a late receipt says', () => {
    const points = [{ ...point('s1', 'sms', false), optedOut: true }, point('v1', 'voice')]
    const { send } = decideNext(PLAN, { points, deliveries: [past('s1', 'sms')] }, 1, 0, 5)
    expect(send).toEqual([{ contactPointId: 'v1', channel: 'voice', step: 1 }])
  })

  it('is a call at once when no carrier takes the text, which goes on being tried', () => {
    const points = [point('s1', 'sms'), point('v1', 'voice')]
    const at = (attempts: number) =>
      decideNext(PLAN, { points, deliveries: [past('s1', 'sms', { state: 'queued', attempts })] }, 1, 0, 5).send
    expect(at(2)).toEqual([])
    expect(at(3)).toEqual([{ contactPointId: 'v1', channel: 'voice', step: 1 }])
  })

  it('is the second number when nobody took the call on the first', () => {
    const points = [point('v1', 'voice'), point('v2', 'voice')]
    const plan: PlannedStep[] = [0, 3, 8].map((minutes) => ({ after: minutes * MINUTE, channels: ['voice'] }))
    const deliveries = [past('v1', 'voice', missed)]
    const { send } = decideNext(plan, { points, deliveries }, 1, 0, 3 * MINUTE)
    expect(send).toEqual([{ contactPointId: 'v2', channel: 'voice', step: 1 }])
    const again = decideNext(
      plan,
      { points, deliveries: [...deliveries, past('v2', 'voice', { ...missed, step: 1 })] },
      2,
      0,
      8 * MINUTE,
    )
    expect(again.send).toEqual([{ contactPointId: 'v1', channel: 'voice', step: 2 }])
  })

  it('is the second number also when the refusal of the first comes after the next step', () => {
    const points = [point('s1', 'sms'), point('s2', 'sms'), point('v1', 'voice')]
    const deliveries = [past('s1', 'sms', refused), past('v1', 'voice', { step: 1 })]
    const { send } = decideNext(PLAN, { points, deliveries }, 2, 0, 4 * MINUTE)
    expect(send).toEqual([{ contactPointId: 's2', channel: 'sms', step: 0 }])
  })

  it('is a number that the plan has not come to, before anybody is given up', () => {
    const points = [point('s1', 'sms'), point('s2', 'sms')]
    const plan: PlannedStep[] = [{ after: 0, channels: ['sms'] }]
    const first = decideNext(plan, { points, deliveries: [past('s1', 'sms', missed)] }, 1, 0, 5)
    expect(first).toMatchObject({ send: [{ contactPointId: 's2', channel: 'sms', step: 0 }], nextAt: null })
    const reached = decideNext(plan, { points, deliveries: [past('s1', 'sms')] }, 1, 0, 5)
    expect(reached.send).toEqual([])
  })

  it('always ends, never repeats a contact point in a step, and skips nobody who has a usable point in the plan', () => {
    const kinds = fc.constantFrom('push', 'sms', 'voice')
    const points = fc
      .array(fc.record({ kind: kinds, usable: fc.boolean() }), { maxLength: 6 })
      .map((list) => list.map((one, index) => ({ ...one, id: `c${index}`, optedOut: false })))
    const plan = fc.array(fc.record({ after: fc.nat(600_000), channels: fc.uniqueArray(kinds, { minLength: 1 }) }), {
      minLength: 1,
      maxLength: 5,
    })
    const fates = fc.array(fc.constantFrom('permanent', 'temporary', 'taken'), { minLength: 40, maxLength: 40 })
    fc.assert(
      fc.property(points, plan, fates, (contacts, steps, fate) => {
        const sorted = [...steps].sort((a, b) => a.after - b.after)
        const history: ContactHistory = { points: contacts, deliveries: [] }
        let step = 0
        let now = 0
        let turns = 0
        for (let at: number | null = 0; at !== null; turns++) {
          expect(turns).toBeLessThan(60)
          now = Math.max(now, at)
          const decision = decideNext(sorted, history, step, 0, now)
          for (const sent of decision.send) {
            const again = history.deliveries.some(
              (past) =>
                past.step === sent.step && past.contactPointId === sent.contactPointId && past.channel === sent.channel,
            )
            expect(again).toBe(false)
            const outcome = fate[history.deliveries.length % fate.length]
            const failure = outcome === 'taken' || outcome === undefined ? null : outcome
            history.deliveries.push({ ...sent, state: failure ? 'failed' : 'accepted', failure, attempts: 1 })
          }
          step = decision.nextStep
          at = decision.nextAt
        }
        const planned = new Set(sorted.flatMap((one) => one.channels))
        const reachable = contacts.some((contact) => contact.usable && planned.has(contact.kind))
        expect(history.deliveries.length > 0).toBe(reachable)
      }),
    )
  })
})
