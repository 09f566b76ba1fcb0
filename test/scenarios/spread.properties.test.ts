import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { raiseAlert } from '../../src/application/alerts/raise-alert.ts'
import { showAlert } from '../../src/application/alerts/show-alerts.ts'
import { recordAnswer } from '../../src/application/answers/record-answer.ts'
import type { Deps } from '../../src/application/deps.ts'
import { createEngine } from '../../src/application/dispatch/engine.ts'
import type { TemplateBody } from '../../src/contract/templates.ts'
import type { Actor } from '../../src/domain/access/role.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import type { TreeNode } from '../../src/domain/trees/tree.ts'
import { createFakeCarrier, type FakeCarrier, withCarriers } from '../harness/fake-carrier.ts'
import { startRig, TEMPLATE } from '../harness/rig.ts'

const HOST: Actor = { kind: 'host' }
/** What a person does when contacted: answers after so long, is refused by the carrier, or stays silent. */
type Behaviour = { answers: 'yes' | 'no'; after: number } | 'unreachable' | 'silent'

const behaviour: fc.Arbitrary<Behaviour> = fc.oneof(
  fc.record({ answers: fc.constantFrom('yes', 'no'), after: fc.integer({ min: 1, max: 10 }).map((n) => n * MINUTE) }),
  fc.constantFrom('unreachable' as const, 'silent' as const),
)
const emergency = fc.record({
  people: fc.array(
    fc.record({ behaviour, above: fc.option(fc.nat(11), { freq: 5 }), deputy: fc.option(fc.nat(14), { freq: 1 }) }),
    { minLength: 1, maxLength: 12 },
  ),
  others: fc.array(behaviour, { minLength: 3, maxLength: 3 }),
})
const strategy: fc.Arbitrary<Partial<TemplateBody>> = fc.constantFrom(
  { strategy: 'broadcast' },
  { strategy: 'cascade', hold: 'PT5M' },
  { strategy: 'relay', hold: 'PT5M', cardTime: 'PT7M' },
)

interface World {
  deps: Deps
  carrier: FakeCarrier
  behaviours: Behaviour[]
  numberOf: (index: number) => string
}

/** Lets the alert run, each time with a new engine, until nothing more comes by time, with every answer when its time has come. */
async function run(world: World, alertId: string, advance: (to: number) => Promise<void>): Promise<void> {
  const { deps, carrier, behaviours, numberOf } = world
  const pending: { at: number; index: number; response: string }[] = []
  let seen = 0
  for (let turn = 0; turn < 400; turn++) {
    const next = await createEngine(deps).run()
    for (const { address } of carrier.sent.slice(seen)) {
      const index = behaviours.findIndex((_, one) => numberOf(one) === address)
      const act = behaviours[index]
      if (typeof act === 'object') pending.push({ at: deps.clock() + act.after, index, response: act.answers })
    }
    seen = carrier.sent.length
    const times = [...pending.map(({ at }) => at), ...(next === null ? [] : [next])]
    const alert = await deps.store.alerts.find(alertId)
    if (times.length === 0 || !alert || Math.min(...times) >= alert.endsAt) return
    await advance(Math.max(deps.clock(), Math.min(...times)))
    for (const given of pending.filter(({ at }) => at <= deps.clock())) {
      pending.splice(pending.indexOf(given), 1)
      const [person] = await deps.store.alerts.byAddress(numberOf(given.index), ['sms'], 0)
      if (!person) throw new Error('whoever was contacted is a recipient')
      const answer = { id: `answer ${given.index}`, response: given.response, channel: 'sms', at: given.at, note: null }
      await recordAnswer(deps, { kind: 'service' }, alert, person.recipient, { ...answer, address: null })
    }
  }
  throw new Error('an alert that never comes to rest')
}

describe('whatever people do, with a process that remembers nothing between two moments', () => {
  it('everybody who can be reached is contacted once, and everybody is counted once', async () => {
    await fc.assert(
      fc.asyncProperty(emergency, strategy, async ({ people, others }, template) => {
        const rig = await startRig()
        try {
          const numberOf = (index: number) => `+4477009001${String(index).padStart(2, '0')}`
          const behaviours = [...people.map((one) => one.behaviour), ...others]
          const lines = behaviours.map((_, index) => `${index},Person ${index},${numberOf(index)}`)
          await rig.importPeople(['id,name,mobile', ...lines].join('\n'), 'Imported')
          const carrier = createFakeCarrier('first', ['sms'])
          carrier.answer = ({ address, attemptId }) => {
            const index = behaviours.findIndex((_, one) => numberOf(one) === address)
            return behaviours[index] === 'unreachable'
              ? { outcome: 'refused', code: 'x', reason: 'no such number', blame: 'address' }
              : { outcome: 'accepted', providerId: `p-${attemptId}` }
          }
          const nodes: TreeNode[] = people.map(({ above, deputy }, index) => ({
            person: String(index),
            ...(above === null || above % (index + 1) === index ? {} : { parent: String(above % (index + 1)) }),
            deputies: deputy === null || deputy >= behaviours.length || deputy === index ? [] : [String(deputy)],
          }))
          const saved = await rig.ask('/api/v1/trees', { method: 'POST', json: { name: 'Tree', nodes } })
          expect(saved.status).toBe(201)
          const plan = [{ after: 'PT0S', channels: ['sms' as const] }]
          await rig.saveTemplate({ ...TEMPLATE, plan, lifetime: 'PT24H', ...template })
          const deps = withCarriers(rig.deps, carrier)
          const alert = await raiseAlert(deps, HOST, { template: 'Flood', trees: ['Tree'], kind: 'drill' }, null)
          const world = { deps, carrier, behaviours, numberOf }
          await run(world, alert.id, (to) => rig.clock.advance(to - deps.clock(), async () => {}))

          const sent = carrier.sent.flatMap(({ purpose, address }) => (purpose === 'alert' ? address : []))
          expect(new Set(sent).size).toBe(sent.length)
          for (const [index] of people.entries()) expect(sent).toContain(numberOf(index))
          const { counts, audience, added, waiting } = await showAlert(deps, alert.id)
          expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(audience)
          expect(waiting).toBe(0)
          expect(sent.length).toBe(audience + added.people)
        } finally {
          rig.close()
        }
      }),
      { numRuns: 30 },
    )
  })
})
