import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ContactFacts } from '../../../src/domain/strategies/contact-facts.ts'
import { decideContacts } from '../../../src/domain/strategies/decide-contacts.ts'
import type { Decision } from '../../../src/domain/strategies/decision.ts'
import { layTrees } from '../../../src/domain/strategies/lay-trees.ts'
import { isLifeSafety, type StrategyRules } from '../../../src/domain/strategies/strategy-rules.ts'
import { walkTree } from '../../../src/domain/trees/walk-tree.ts'
import { anyEmergency, anyQuorum, anyTreeStrategy, type Emergency } from './any-emergency.ts'
import { World } from './world.ts'

const anyStrategy: fc.Arbitrary<StrategyRules> = fc.oneof(anyTreeStrategy, anyQuorum)

function worldOf({ trees, behaviours, kind, severity }: Emergency, strategy: StrategyRules): World {
  return new World({ kind, severity, strategy }, trees, behaviours)
}

function isEmpty({ start, pass, cards, endCards, notNeeded, neededAgain }: Decision): boolean {
  return [start, pass, cards, endCards, notNeeded, neededAgain].every((list) => list.length === 0)
}

describe('whatever is silent, refuses, is away, removed, changes its mind or loops', { timeout: 60_000 }, () => {
  it('everybody in the trees is contacted or has answered at last, and it ends', () => {
    fc.assert(
      fc.property(anyEmergency, anyTreeStrategy, (emergency, strategy) => {
        const world = worldOf(emergency, strategy)
        world.run()
        for (const { person } of emergency.trees.flatMap((tree) => tree.nodes)) {
          const facts = world.people.get(person)
          const settled = facts && (facts.startedAt ?? facts.latestAnswer ?? facts.removedAt) !== null
          expect(settled, person).toBe(true)
        }
        expect(world.decisions.at(-1)?.decision.nextAt).toBe(null)
        expect(world.decisions.at(-1)?.decision.state).toBe('done')
      }),
      { numRuns: 100 },
    )
  })

  it('nobody is contacted twice, nor after an answer, nor by two cards at a time', () => {
    fc.assert(
      fc.property(anyEmergency, anyStrategy, (emergency, strategy) => {
        const world = worldOf(emergency, strategy)
        for (let steps = 0; steps < 5_000; steps++) {
          const answered = new Set(
            [...world.people].filter(([, facts]) => facts.latestAnswer).map(([person]) => person),
          )
          const before = world.starts.length
          if (!world.step()) break
          for (const { person } of world.starts.slice(before)) expect(answered.has(person), person).toBe(false)
          const waiting = world.cards
            .filter((card) => card.endedAt === null)
            .flatMap((card) => card.people.filter((person) => !card.marks.has(person)))
            .filter((person) => !world.people.get(person)?.latestAnswer)
          expect(new Set(waiting).size).toBe(waiting.length)
        }
        expect(new Set(world.contacted).size).toBe(world.contacted.length)
      }),
      { numRuns: 120 },
    )
  })

  it('deciding again with nothing new gives no further step and the same time to wake', () => {
    fc.assert(
      fc.property(anyEmergency, anyStrategy, (emergency, strategy) => {
        const world = worldOf(emergency, strategy)
        for (let steps = 0; steps < 5_000 && world.step(); steps++) {
          const { nextAt } = world.decisions.at(-1)?.decision ?? {}
          if (nextAt === world.now) continue
          const again = decideContacts(world.alert, layTrees(emergency.trees), world.history, world.now)
          expect(isEmpty(again), JSON.stringify(again)).toBe(true)
          if (typeof again.nextAt === 'number') expect(again.nextAt).toBeGreaterThan(world.now)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('nothing is missed between two wake-ups', () => {
    fc.assert(
      fc.property(
        anyEmergency,
        anyStrategy,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (emergency, strategy, share) => {
          const world = worldOf(emergency, strategy)
          for (let steps = 0; steps < 5_000 && world.step(); steps++) {
            const { nextAt } = world.decisions.at(-1)?.decision ?? {}
            const until = nextAt ?? world.now + 1e9
            const between = Math.floor(world.now + (until - world.now) * (share ?? 0))
            if (between <= world.now) continue
            const early = decideContacts(world.alert, layTrees(emergency.trees), world.history, between)
            expect(isEmpty(early), JSON.stringify(early)).toBe(true)
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  it('nobody waits longer than the hold times, and the cards, of the people above', () => {
    fc.assert(
      fc.property(anyEmergency, anyTreeStrategy, (emergency, strategy) => {
        const world = worldOf(emergency, strategy)
        world.run()
        const limits = waitingLimits(emergency, strategy)
        for (const { person, at } of world.starts) {
          if (emergency.behaviours.get(person)?.awayUntil !== undefined && !isLifeSafety(world.alert)) continue
          const limit = limits.get(person)
          if (limit !== undefined) expect(at, person).toBeLessThanOrEqual(limit)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('the lead of a branch passes to nobody else twice, in a chain, each with its reason and time', () => {
    fc.assert(
      fc.property(anyEmergency, anyTreeStrategy, (emergency, strategy) => {
        const world = worldOf(emergency, strategy)
        world.run()
        const branches = Map.groupBy(world.passes, (pass) => `${pass.tree} ${pass.branch}`)
        for (const passes of branches.values()) {
          const takers = passes.filter((pass) => pass.as !== 'lead' && pass.to !== null).map((pass) => pass.to)
          expect(new Set(takers).size).toBe(takers.length)
          let holder: string | null | undefined = passes[0]?.branch
          for (const pass of passes) {
            expect(pass.from).toBe(holder)
            expect(pass.to).not.toBe(holder)
            expect(pass.why === 'answered').toBe(pass.from === null)
            holder = pass.to
          }
        }
        for (const { at, decision } of world.decisions) {
          for (const pass of decision.pass) expect(pass.at).toBeLessThanOrEqual(at)
        }
        const held = world.cards.map((card) => `${card.tree} ${card.branch} ${card.holder}`)
        expect(new Set(held).size).toBe(held.length)
      }),
      { numRuns: 120 },
    )
  })
})

describe('a quorum, whatever people answer', { timeout: 60_000 }, () => {
  it('is filled only by people who stand at yes, and unfilled only when nobody is left', () => {
    fc.assert(
      fc.property(anyEmergency, anyQuorum, (emergency, strategy) => {
        const world = worldOf(emergency, strategy)
        world.run()
        const last = world.decisions.at(-1)?.decision
        const accepting = standingAtYes(emergency, world)
        if (last?.state === 'filled') {
          expect(accepting).toBeGreaterThanOrEqual(strategy.need)
          expect(standingAtYes(emergency, world, isExpected), 'told to come').toBeGreaterThanOrEqual(strategy.need)
        } else {
          expect(last?.state).toBe('done')
          if (accepting >= strategy.need) return
          for (const { person } of emergency.trees.flatMap((tree) => tree.nodes)) {
            const facts = world.people.get(person)
            expect((facts?.startedAt ?? facts?.latestAnswer ?? facts?.removedAt) !== null, person).toBe(true)
          }
        }
      }),
      { numRuns: 120 },
    )
  })

  it('contacts nobody beyond the wave that can fill it', () => {
    fc.assert(
      fc.property(anyEmergency, anyQuorum, (emergency, strategy) => {
        // With no time to answer nobody is ever open.
        const hold = Math.max(1, strategy.hold)
        const world = worldOf(emergency, { ...strategy, hold, perDuty: {} })
        for (let steps = 0; steps < 5_000; steps++) {
          if (!world.step()) break
          const last = world.decisions.at(-1)?.decision
          // Whoever said yes all the same is no wave.
          const waiting = last?.neededAgain.filter((person) => world.people.get(person)?.latestAnswer === null)
          const called = (last?.start.length ?? 0) + (waiting?.length ?? 0)
          if (called === 0) continue
          const accepting = standingAtYes(emergency, world)
          const open = openPeople(world, hold)
          expect(open, 'one wave more than needed').toBeLessThan(strategy.need - accepting + strategy.wave)
        }
      }),
      { numRuns: 120 },
    )
  })
})

function standingAtYes({ trees }: Emergency, world: World, also = (_: ContactFacts) => true): number {
  return layTrees(trees).people.filter((person) => {
    const facts = world.people.get(person)
    return facts?.removedAt === null && facts.latestAnswer?.accepts && also(facts)
  }).length
}

/** The last word to this person is not that he or she is not needed. */
function isExpected({ notNeededAt, neededAgainAt }: ContactFacts): boolean {
  return notNeededAt === null || (neededAgainAt !== null && neededAgainAt >= notNeededAt)
}

function openPeople(world: World, hold: number): number {
  return [...world.people.values()].filter((facts) => {
    const told =
      facts.notNeededAt !== null && !(facts.neededAgainAt !== null && facts.neededAgainAt >= facts.notNeededAt)
    const since = facts.neededAgainAt ?? facts.startedAt
    const settled = facts.latestAnswer !== null || facts.removedAt !== null || facts.exhaustedAt !== null
    const away = facts.awayUntil !== null && facts.awayUntil > world.now
    return since !== null && since + hold > world.now && !settled && !told && !away
  }).length
}

/** The latest time at which each person may be contacted: for everybody above, one hold, and a card for each candidate. */
function waitingLimits(emergency: Emergency, strategy: StrategyRules): Map<string, number> {
  const limits = new Map<string, number>()
  const hold = 'hold' in strategy ? strategy.hold : 0
  const cardTime = 'cardTime' in strategy ? strategy.cardTime : 0
  for (const tree of emergency.trees) {
    const walked = walkTree(tree.nodes)
    const candidates = new Set(walked.flatMap((node) => [node.person, ...node.deputies])).size
    for (const { person, depth } of walked) {
      const limit = strategy.name === 'broadcast' ? 0 : depth * (hold + cardTime * candidates)
      limits.set(person, Math.min(limit, limits.get(person) ?? limit))
    }
  }
  return limits
}
