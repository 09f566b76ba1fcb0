import { describe, expect, it } from 'vitest'
import { MINUTE } from '../../../src/domain/clock.ts'
import { UNTOUCHED } from '../../../src/domain/strategies/contact-facts.ts'
import { decideContacts } from '../../../src/domain/strategies/decide-contacts.ts'
import { layTrees } from '../../../src/domain/strategies/lay-trees.ts'
import type { AlertRules } from '../../../src/domain/strategies/strategy-rules.ts'
import type { TreeNode } from '../../../src/domain/trees/tree.ts'
import { type Behaviour, World } from './world.ts'

const HOLD = 5 * MINUTE
const cascade: AlertRules = { kind: 'live', severity: 'moderate', strategy: { name: 'cascade', hold: HOLD } }
const node = (person: string, parent?: string, deputies: string[] = []): TreeNode => ({
  person,
  deputies,
  ...(parent === undefined ? {} : { parent }),
})
const yes = (after: number): Behaviour => ({ answers: [{ after, accepts: true }] })
const no = (after: number): Behaviour => ({ answers: [{ after, accepts: false }] })
const silent: Behaviour = { answers: [] }

/** The chief; a lead with deputy and two people; another lead with one. */
const PLANT = {
  id: 'plant',
  nodes: [
    node('chief'),
    node('lead', 'chief', ['deputy']),
    node('other lead', 'chief'),
    node('first', 'lead'),
    node('second', 'lead'),
    node('third', 'other lead'),
  ],
}

function live(behaviours: Record<string, Behaviour>, alert = cascade, trees = [PLANT]): World {
  const world = new World(alert, trees, new Map(Object.entries(behaviours)))
  world.run()
  return world
}
const startOf = (world: World, person: string) => world.starts.find((start) => start.person === person)

describe('in a cascade', () => {
  it('the people below a lead are contacted as soon as the lead answers', () => {
    const world = live({ chief: yes(MINUTE), lead: yes(MINUTE), 'other lead': yes(2 * MINUTE) })
    expect(startOf(world, 'lead')).toEqual({
      person: 'lead',
      because: { why: 'parent_answered', person: 'chief', tree: 'plant' },
      at: MINUTE,
    })
    expect(startOf(world, 'first')?.at).toBe(2 * MINUTE)
    expect(startOf(world, 'third')?.at).toBe(3 * MINUTE)
    expect(startOf(world, 'deputy')).toBe(undefined)
    expect(world.passes).toEqual([])
  })

  it('a silent chief holds nobody back for longer than the hold time', () => {
    const world = live({})
    expect(startOf(world, 'lead')).toMatchObject({ at: HOLD, because: { why: 'hold_over', person: 'chief' } })
    expect(startOf(world, 'first')).toMatchObject({ at: 2 * HOLD, because: { why: 'hold_over', person: 'lead' } })
  })

  it("a silent lead's branch passes to the deputy", () => {
    const world = live({ chief: yes(0), lead: silent, deputy: yes(MINUTE) })
    expect(startOf(world, 'deputy')).toMatchObject({
      at: HOLD,
      because: { why: 'deputy_for', person: 'lead', trouble: 'silent' },
    })
    expect(world.passes.filter((pass) => pass.branch === 'lead')).toEqual([
      {
        tree: 'plant',
        branch: 'lead',
        from: 'lead',
        to: 'deputy',
        as: 'deputy',
        why: 'silent',
        at: HOLD + MINUTE,
      },
    ])
  })

  it('it passes to the first of several deputies who answers', () => {
    const nodes = [node('chief', undefined, ['slow deputy', 'quick deputy']), node('first', 'chief')]
    const world = live({ 'slow deputy': yes(2 * MINUTE), 'quick deputy': yes(MINUTE) }, cascade, [
      { id: 'plant', nodes },
    ])
    expect(world.passes).toMatchObject([{ to: 'quick deputy', as: 'deputy' }])
  })

  it('it passes to the nearest sibling who answered when the deputy is silent too', () => {
    const world = live({ chief: yes(0), 'other lead': yes(MINUTE) })
    expect(world.passes).toMatchObject([{ branch: 'lead', to: 'other lead', as: 'sibling', why: 'silent', at: HOLD }])
    expect(world.decisions.find(({ decision }) => decision.pass.length > 0)?.at, 'the deputy had time').toBe(2 * HOLD)
  })

  it('it passes to whoever above has answered when nobody beside has', () => {
    const world = live({ chief: yes(0) })
    expect(world.passes).toMatchObject([
      { branch: 'other lead', to: 'chief', as: 'above', why: 'silent' },
      { branch: 'lead', to: 'chief', as: 'above', why: 'silent' },
    ])
  })

  it('it has nobody to lead it when all are silent, until one of them answers after all', () => {
    const world = live({ lead: yes(30 * MINUTE) })
    expect(world.passes.filter((pass) => pass.branch === 'lead')).toMatchObject([
      { from: 'lead', to: null, as: 'nobody', why: 'silent' },
      { from: null, to: 'lead', as: 'lead', why: 'answered', at: HOLD + 30 * MINUTE },
    ])
  })

  it('a lead who declines proves to live: the people below and the deputy are contacted at once', () => {
    const world = live({ chief: yes(0), lead: no(MINUTE), deputy: yes(MINUTE) })
    expect(startOf(world, 'first')).toMatchObject({ at: MINUTE, because: { why: 'parent_declined', person: 'lead' } })
    expect(startOf(world, 'deputy')).toMatchObject({ at: MINUTE, because: { trouble: 'declined' } })
    expect(world.passes.filter((pass) => pass.branch === 'lead')).toMatchObject([{ to: 'deputy', why: 'declined' }])
  })

  it('a lead who was deleted delays neither the people below nor the deputy', () => {
    const world = live({ chief: yes(0), lead: { answers: [], removedAt: 0 } })
    expect(world.contacted).not.toContain('lead')
    expect(startOf(world, 'first')).toMatchObject({ at: 0, because: { why: 'parent_removed', person: 'lead' } })
    expect(startOf(world, 'deputy')).toMatchObject({ at: 0, because: { trouble: 'removed' } })
  })

  it('a lead whose only phone has opted out is passed as soon as that is known', () => {
    const world = live({ chief: yes(0), lead: { answers: [], exhaustedAfter: 1000 } })
    expect(startOf(world, 'second')).toMatchObject({ at: 1000, because: { why: 'parent_unreachable', person: 'lead' } })
    expect(startOf(world, 'deputy')).toMatchObject({ at: 1000, because: { trouble: 'unreachable' } })
  })

  it('a lead who is away is left in peace, and contacted on return', () => {
    const world = live({ chief: yes(0), lead: { answers: [], awayUntil: 20 * MINUTE }, deputy: yes(MINUTE) })
    expect(startOf(world, 'first')).toMatchObject({ at: 0, because: { why: 'parent_away', person: 'lead' } })
    expect(startOf(world, 'deputy')).toMatchObject({ at: 0, because: { trouble: 'away' } })
    expect(startOf(world, 'lead')?.at).toBe(20 * MINUTE)
    expect(world.passes.filter((pass) => pass.branch === 'lead')).toMatchObject([{ to: 'deputy', why: 'away' }])
  })

  it('a lead who is away is contacted all the same where lives may depend on it, and delays nobody', () => {
    const absent = { chief: yes(0), lead: { answers: [], awayUntil: 20 * MINUTE } }
    const world = live(absent, { ...cascade, severity: 'extreme' })
    for (const person of ['lead', 'deputy', 'first']) expect(startOf(world, person)?.at, person).toBe(0)
    expect(live(absent, { ...cascade, kind: 'drill', severity: 'extreme' }).contacted.indexOf('lead')).toBeGreaterThan(
      4,
    )
  })

  it('a branch that passed on stays open when its lead is back, and passes on again without waiting for that lead', () => {
    const deputy = {
      answers: [
        { after: 0, accepts: true },
        { after: 21 * MINUTE, accepts: false },
      ],
    }
    const world = live({ chief: yes(0), lead: { answers: [], awayUntil: 20 * MINUTE }, deputy })
    expect(world.passes.filter((pass) => pass.branch === 'lead')).toMatchObject([
      { from: 'lead', to: 'deputy', why: 'away' },
      { from: 'deputy', to: 'chief', why: 'declined', at: 21 * MINUTE },
    ])
    const declined = world.decisions.find(({ decision }) => decision.pass.some((pass) => pass.from === 'deputy'))
    expect(declined?.at).toBe(21 * MINUTE)
  })

  it('somebody who sits in two trees is contacted once, and the answer opens both branches', () => {
    const nodes = [node('warden'), node('lead', 'warden'), node('guest', 'lead')]
    const world = live({ chief: yes(0), lead: yes(MINUTE) }, cascade, [PLANT, { id: 'wing', nodes }])
    expect(world.contacted.filter((person) => person === 'lead')).toHaveLength(1)
    expect(startOf(world, 'guest')?.at).toBe(MINUTE)
    expect(startOf(world, 'first')?.at).toBe(MINUTE)
  })

  it('somebody who has answered by another door is not contacted, and the branch opens', () => {
    const world = live({ lead: { answers: [], volunteersAt: 0 } })
    expect(world.contacted).not.toContain('lead')
    expect(startOf(world, 'first')?.at).toBe(0)
  })

  it('a lead who wavers while nobody else can take the branch gets it back', () => {
    const wavering = [
      { after: MINUTE, accepts: true },
      { after: 2 * MINUTE, accepts: false },
      { after: 3 * MINUTE, accepts: true },
      { after: 4 * MINUTE, accepts: false },
      { after: 30 * MINUTE, accepts: true },
    ]
    const nodes = [node('chief', undefined, ['deputy']), node('first', 'chief')]
    const world = live({ chief: { answers: wavering }, deputy: { answers: [], awayUntil: 60 * MINUTE } }, cascade, [
      { id: 'plant', nodes },
    ])
    expect(world.passes.map((pass) => pass.to)).toEqual([null, 'chief', null, 'chief'])
  })

  it('three leads of a branch who give up one after the other hand it on each time', () => {
    const change = {
      answers: [
        { after: 0, accepts: true },
        { after: 20 * MINUTE, accepts: false },
      ],
    }
    const world = live({ chief: yes(0), lead: no(0), deputy: change, 'other lead': change })
    expect(world.passes.filter((pass) => pass.branch === 'lead')).toMatchObject([
      { from: 'lead', to: 'deputy', as: 'deputy', why: 'declined' },
      { from: 'deputy', to: 'chief', as: 'above', why: 'declined' },
    ])
  })
})

describe('in a broadcast', () => {
  const broadcast: AlertRules = { ...cascade, strategy: { name: 'broadcast' } }

  it('everybody is contacted at once, and deputies only for those who are away', () => {
    const world = live({ lead: { answers: [], awayUntil: MINUTE } }, broadcast)
    expect(world.starts.filter((start) => start.at === 0).map((start) => start.person)).toEqual([
      'chief',
      'other lead',
      'first',
      'second',
      'third',
      'deputy',
    ])
    expect(startOf(world, 'lead')?.at).toBe(MINUTE)
    expect(live({}, broadcast).contacted).not.toContain('deputy')
  })
})

// Searching instead would take minutes.
describe('a very large tree', { timeout: 30_000 }, () => {
  const everybody = Array.from({ length: 100_000 }, (_, index) => `p${index}`)

  it.each([
    ['a chain of 100,000 people', (index: number) => index - 1],
    ['100,000 people below one', () => 0],
  ])('%s is decided without searching', (_, parentOf) => {
    const nodes = everybody.map((person, index) => node(person, index === 0 ? undefined : `p${parentOf(index)}`))
    const people = new Map(everybody.map((person) => [person, { ...UNTOUCHED, startedAt: 0 }]))
    const alert: AlertRules = { ...cascade, strategy: { name: 'relay', hold: HOLD, cardTime: HOLD } }
    const trees = layTrees([{ id: 'all', nodes }])
    const { start, pass, nextAt } = decideContacts(alert, trees, { people, cards: [], passes: [] }, HOLD)
    expect(start).toEqual([])
    expect(nextAt).toBe(null)
    expect(pass.length).toBe(parentOf(2) === 0 ? 1 : everybody.length - 1)
  })
})
