import { afterEach, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/application/dispatch/engine.ts'
import { seededRandom } from '../../src/simulator/random.ts'
import { noteFault } from '../harness/fault-table.ts'
import { type FaultRig, startFaultRig } from './fault-rig.ts'
import type { Conduct } from './witness.ts'

const PEOPLE = 60
const SEED = 11

let fault: FaultRig
afterEach(() => fault.close())

const reachEverybody = async () => {
  const { id, code } = await fault.raise()
  await fault.runUntilReached(createEngine(fault.deps), id)
  const { counts } = await fault.rig.alert(id)
  return { code, counts, ...fault.judge(code) }
}

/** The most requests in any window of a second. */
function busiestSecond(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length))
}

describe('a carrier that takes messages and does not say so', () => {
  it.for([
    ['leaves the connection open', 'take_and_hang'],
    ['tears the connection', 'take_and_tear'],
  ] as const)('and %s is asked what it has, and nobody gets the message twice', async ([what, conduct], { task }) => {
    fault = await startFaultRig({ people: PEOPLE })
    const [witness] = fault.witnesses
    const random = seededRandom(SEED)
    if (witness) witness.conduct = () => (random() < 0.5 ? conduct : 'take')
    const { counts, lost, double } = await reachEverybody()
    noteFault(task, {
      fault: `The carrier takes half of the messages and ${what}; it can be asked`,
      rounds: 1,
      messages: PEOPLE,
      lost,
      double,
      allowed: 0,
    })
    expect({ accepted: counts.accepted, lost, double }).toEqual({ accepted: PEOPLE, lost: 0, double: 0 })
  })

  it.for([
    ['fails', 'fails'],
    ['hangs', 'hangs'],
  ] as const)(
    'is sent the message again under the same code where the look-up %s, and everybody counts once',
    async ([what, lookUp], { task }) => {
      fault = await startFaultRig({ people: PEOPLE })
      const [witness] = fault.witnesses
      let unsaid = 0
      if (witness) {
        witness.lookUp = lookUp
        witness.conduct = (): Conduct => {
          if (unsaid >= PEOPLE / 2) return 'take'
          unsaid++
          return 'take_and_tear'
        }
      }
      const { code, counts, lost, double } = await reachEverybody()
      noteFault(task, {
        fault: `The carrier takes half of the messages and tears the connection; asking it ${what}`,
        rounds: 1,
        messages: PEOPLE,
        lost,
        double,
        allowed: unsaid,
      })
      expect({ accepted: counts.accepted, lost, double }).toEqual({ accepted: PEOPLE, lost: 0, double: unsaid })
      const texts = witness?.taken.filter(({ body }) => body.includes(`1 ${code}`)).length
      expect(texts).toBe(PEOPLE + unsaid)
    },
  )

  it('is asked before the next carrier of the route sends, which sends only what it does not have', async ({
    task,
  }) => {
    fault = await startFaultRig({ people: PEOPLE, carriers: [{}, {}] })
    const [first, second] = fault.witnesses
    const random = seededRandom(SEED)
    if (first) first.conduct = () => (random() < 0.5 ? 'take_and_tear' : { refuse: 500 })
    const { counts, lost, double } = await reachEverybody()
    const figures = {
      fault: 'The first of two carriers takes half of the messages without a word and fails for the others',
      rounds: 1,
      messages: PEOPLE,
      lost,
      double,
      // What was still on its way there when it was set aside could not be found yet.
      allowed: PEOPLE,
    }
    noteFault(task, figures)
    expect({ accepted: counts.accepted, lost }).toEqual({ accepted: PEOPLE, lost: 0 })
    expect(first?.taken.length).toBeGreaterThan(0)
    expect(second?.taken.length).toBe(PEOPLE + double - (first?.taken.length ?? 0))
  })
})

describe('a carrier that says 429', () => {
  it.for([
    ['with Retry-After', { 'retry-after': '3' }],
    ['without Retry-After', {}],
  ] as const)(
    '%s takes everybody in the end, and is never asked more often than its rate',
    async ([what, headers], { task }) => {
      const RATE = 20
      fault = await startFaultRig({ people: PEOPLE, carriers: [{ smsPerSecond: RATE }] })
      const [witness] = fault.witnesses
      const random = seededRandom(SEED)
      let left = 4 * PEOPLE
      if (witness) witness.conduct = () => (left-- > 0 && random() < 0.7 ? { refuse: 429, headers } : 'take')
      const { counts, lost, double } = await reachEverybody()
      noteFault(task, {
        fault: `The carrier says 429 to seven of ten requests, ${what}`,
        rounds: 1,
        messages: PEOPLE,
        lost,
        double,
        allowed: 0,
      })
      expect({ accepted: counts.accepted, lost, double }).toEqual({ accepted: PEOPLE, lost: 0, double: 0 })
      expect(busiestSecond(witness?.asked ?? [])).toBeLessThanOrEqual(RATE)
    },
  )

  it('because it takes fewer than were allowed for takes everybody in the end', async ({ task }) => {
    fault = await startFaultRig({ people: PEOPLE })
    const [witness] = fault.witnesses
    const taken: number[] = []
    if (witness) {
      witness.conduct = ({ at }) => {
        if (taken.filter((before) => before > at - 1_000).length >= 10) return { refuse: 429 }
        taken.push(at)
        return 'take'
      }
    }
    const { counts, lost, double } = await reachEverybody()
    const figures = { rounds: 1, messages: PEOPLE, lost, double, allowed: 0 }
    noteFault(task, { fault: 'The carrier takes ten a second, and no rate is configured', ...figures })
    expect({ accepted: counts.accepted, lost, double }).toEqual({ accepted: PEOPLE, lost: 0, double: 0 })
  })
})
