import fc from 'fast-check'
import { MINUTE } from '../../../src/domain/clock.ts'
import type { FrozenTree, StrategyRules } from '../../../src/domain/strategies/strategy-rules.ts'
import type { Behaviour } from './world.ts'

const delay = fc.integer({ min: 1, max: 12 }).map((minutes) => minutes * MINUTE)

/** Mostly silent or simply answering, now and then everything that people and phones do. */
const behaviour: fc.Arbitrary<Behaviour> = fc
  .record({
    answers: fc.oneof(
      fc.constant([]),
      fc.array(fc.record({ after: delay, accepts: fc.boolean() }), { maxLength: 4 }),
      delay.map((after) => [{ after, accepts: true }]),
    ),
    volunteersAt: fc.option(delay, { freq: 8, nil: undefined }),
    exhaustedAfter: fc.option(fc.integer({ min: 0, max: 4 * MINUTE }), { freq: 4, nil: undefined }),
    removedAt: fc.option(fc.integer({ min: 0, max: 20 * MINUTE }), { freq: 6, nil: undefined }),
    awayUntil: fc.option(fc.integer({ min: 0, max: 40 * MINUTE }), { freq: 4, nil: undefined }),
    duty: fc.option(fc.constantFrom('warden', 'it_lead'), { freq: 2, nil: undefined }),
    phonesEvery: fc.option(fc.integer({ min: 1000, max: 3 * MINUTE }), { freq: 2, nil: undefined }),
    onPhone: fc.option(fc.constantFrom('reached' as const, 'no_answer' as const, 'wrong_number' as const), {
      freq: 1,
      nil: undefined,
    }),
  })
  .map((made) => JSON.parse(JSON.stringify(made)))

export interface Emergency {
  trees: FrozenTree[]
  behaviours: Map<string, Behaviour>
  kind: 'live' | 'drill'
  severity: 'extreme' | 'minor'
}

/** Up to two trees of up to 30 people who may be the same, with deputies from anywhere, also in loops. */
export const anyEmergency: fc.Arbitrary<Emergency> = fc.record({
  trees: fc
    .array(
      fc.array(
        fc.record({
          person: fc.nat(39),
          parent: fc.option(fc.nat(29), { freq: 6, nil: undefined }),
          deputies: fc.uniqueArray(fc.nat(44), { maxLength: 3 }),
        }),
        { minLength: 1, maxLength: 30 },
      ),
      { minLength: 1, maxLength: 2 },
    )
    .map((trees) => trees.map((nodes, tree) => ({ id: `tree ${tree}`, nodes: nameNodes(nodes) }))),
  behaviours: fc
    .array(behaviour, { minLength: 45, maxLength: 45 })
    .map((list) => new Map(list.map((one, index) => [`p${index}`, one]))),
  kind: fc.constantFrom('live', 'drill'),
  severity: fc.constantFrom('extreme', 'minor'),
})

function nameNodes(nodes: { person: number; parent: number | undefined; deputies: number[] }[]): FrozenTree['nodes'] {
  const once = [...new Map(nodes.map((node) => [node.person, node])).values()]
  return once.map(({ person, parent, deputies }, index) => ({
    person: `p${person}`,
    // An earlier node, so that most are true trees; now and then itself, which is a loop.
    ...(parent === undefined || index === 0 ? {} : { parent: `p${once[parent % (index + 1)]?.person}` }),
    deputies: deputies.map((deputy) => `p${deputy}`),
  }))
}

const hold = fc.constantFrom(0, 1, MINUTE, 5 * MINUTE)

export const anyTreeStrategy: fc.Arbitrary<Exclude<StrategyRules, { name: 'quorum' }>> = fc.oneof(
  fc.constant({ name: 'broadcast' as const }),
  fc.record({ name: fc.constant('cascade' as const), hold }),
  fc.record({ name: fc.constant('relay' as const), hold, cardTime: fc.constantFrom(0, MINUTE, 10 * MINUTE) }),
)

export const anyQuorum: fc.Arbitrary<Extract<StrategyRules, { name: 'quorum' }>> = fc.record({
  name: fc.constant('quorum' as const),
  need: fc.nat(8),
  perDuty: fc.dictionary(fc.constantFrom('warden', 'it_lead'), fc.nat(3)),
  wave: fc.integer({ min: 1, max: 5 }),
  hold,
})
