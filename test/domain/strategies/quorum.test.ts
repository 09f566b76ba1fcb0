import { describe, expect, it } from 'vitest'
import { MINUTE } from '../../../src/domain/clock.ts'
import type { QuorumRules } from '../../../src/domain/strategies/strategy-rules.ts'
import { type Behaviour, World } from './world.ts'

const HOLD = 5 * MINUTE
const ON_CALL = ['ana', 'bo', 'cy', 'di', 'ed', 'fi']
const yes: Behaviour = { answers: [{ after: MINUTE, accepts: true }] }
const no: Behaviour = { answers: [{ after: MINUTE, accepts: false }] }

function begin(
  rules: Partial<QuorumRules>,
  behaviours: Record<string, Behaviour>,
  deputies: Record<string, string[]> = {},
): World {
  const strategy: QuorumRules = { name: 'quorum', need: 2, perDuty: {}, wave: 2, hold: HOLD, ...rules }
  const nodes = ON_CALL.map((person) => ({ person, deputies: deputies[person] ?? [] }))
  const alert = { kind: 'live', severity: 'moderate', strategy } as const
  return new World(alert, [{ id: 'on call', nodes }], new Map(Object.entries(behaviours)))
}
function live(...args: Parameters<typeof begin>): World {
  const world = begin(...args)
  world.run()
  return world
}
const last = (world: World) => world.decisions.at(-1)?.decision
const times = (world: World) => world.starts.map(({ person, at }) => `${person} ${at / MINUTE}`)

describe('in a quorum', () => {
  it('contact ends when enough people have accepted, and the rest are told once that they are not needed', () => {
    const world = live({ wave: 4 }, { ana: yes, cy: yes, bo: { answers: [{ after: 9 * MINUTE, accepts: false }] } })
    expect(times(world)).toEqual(['ana 0', 'bo 0', 'cy 0', 'di 0'])
    expect(
      world.decisions.flatMap(({ at, decision }) => decision.notNeeded.map((one) => `${one} ${at / MINUTE}`)),
    ).toEqual(['bo 1', 'di 1'])
    expect(last(world)?.state).toBe('filled')
  })

  it('one who is needed is asked for in order, the next at once after a no and after the hold time of silence', () => {
    const world = live({ need: 1, wave: 1 }, { ana: no, cy: yes })
    expect(times(world)).toEqual(['ana 0', 'bo 1', 'cy 6'])
  })

  it('as many are open as are still needed, so that a small wave loses no time', () => {
    const world = live({ need: 3, wave: 1 }, { ana: yes, bo: no, cy: yes, di: yes })
    expect(times(world)).toEqual(['ana 0', 'bo 0', 'cy 0', 'di 1'])
  })

  it('the next wave does not go out while those who are open can still fill it', () => {
    const world = live(
      { need: 2, wave: 3 },
      { ana: no, bo: yes, cy: { answers: [{ after: 4 * MINUTE, accepts: true }] } },
    )
    expect(world.contacted).toEqual(['ana', 'bo', 'cy'])
  })

  it('somebody who cannot be reached is replaced at once', () => {
    const world = live({ need: 1, wave: 1 }, { ana: { answers: [], exhaustedAfter: 1000 }, bo: yes })
    expect(world.starts[1]).toEqual({ person: 'bo', because: { why: 'wave' }, at: 1000 })
  })

  it('a yes that becomes a no opens it again, and says whose it was', () => {
    const wavering = [
      { after: MINUTE, accepts: true },
      { after: 20 * MINUTE, accepts: false },
    ]
    const world = live({}, { ana: { answers: wavering }, bo: yes, cy: yes })
    expect(world.starts[2]).toEqual({
      person: 'cy',
      because: { why: 'quorum_reopened', person: 'ana' },
      at: 20 * MINUTE,
    })
    expect(last(world)?.state).toBe('filled')
  })

  it('those who were sent away are needed again before anybody new is contacted', () => {
    const wavering = [
      { after: MINUTE, accepts: true },
      { after: 20 * MINUTE, accepts: false },
    ]
    const world = live({ need: 1, wave: 2 }, { ana: { answers: wavering }, bo: { answers: [] } })
    expect(
      world.decisions.flatMap(({ at, decision }) => decision.neededAgain.map((one) => `${one} ${at / MINUTE}`)),
    ).toEqual(['bo 20'])
    expect(world.contacted.filter((person) => person === 'bo')).toHaveLength(1)
  })

  it('a duty is filled only by people with it, and others are not contacted for it', () => {
    const warden = { duty: 'warden' }
    const world = live(
      { need: 0, perDuty: { warden: 2 }, wave: 1 },
      { ana: yes, bo: { ...no, ...warden }, di: { ...yes, ...warden }, fi: { ...yes, ...warden } },
    )
    expect(times(world)).toEqual(['bo 0', 'di 0', 'fi 1'])
    expect(world.starts[0]?.because).toEqual({ why: 'wave_for_duty', duty: 'warden' })
    expect(last(world)?.state).toBe('filled')
  })

  it('somebody with a duty also counts for the number that is needed in all', () => {
    const world = live({ need: 2, perDuty: { warden: 1 }, wave: 1 }, { ana: yes, di: { ...yes, duty: 'warden' } })
    expect(times(world)).toEqual(['di 0', 'ana 0'])
    expect(last(world)?.state).toBe('filled')
  })

  it('the deputy of somebody who is away takes the duty, in the same place of the order', () => {
    const world = live(
      { need: 0, perDuty: { warden: 1 }, wave: 1 },
      { ana: { answers: [], duty: 'warden', awayUntil: 99 * MINUTE }, bo: { ...yes, duty: 'warden' }, vic: yes },
      { ana: ['vic'] },
    )
    expect(world.starts).toEqual([
      { person: 'vic', because: { why: 'deputy_for', person: 'ana', trouble: 'away' }, at: 0 },
    ])
    expect(last(world)?.state).toBe('filled')
  })

  it('it stays filled by the deputy when the one who was away comes back', () => {
    const world = begin(
      { need: 0, perDuty: { warden: 1 }, wave: 1 },
      { ana: { answers: [], duty: 'warden', awayUntil: 30 * MINUTE }, vic: yes },
      { ana: ['vic'] },
    )
    world.run()
    world.now = 31 * MINUTE
    expect(world.decide()).toMatchObject({ state: 'filled', start: [] })
  })

  it('it ends unfilled when everybody was asked, and a late yes still counts', () => {
    const world = live({ need: 2, wave: 6 }, { ana: yes, bo: { answers: [{ after: 60 * MINUTE, accepts: true }] } })
    expect(world.decisions.find(({ at }) => at === HOLD)?.decision).toMatchObject({ state: 'done', nextAt: null })
    expect(last(world)?.state).toBe('filled')
  })

  it('does not rest on people who were told not to come unless they are told the opposite, as few as are lacking', () => {
    const world = begin({ need: 1, wave: 4 }, { ana: yes })
    for (let steps = 0; steps < 2; steps++) world.step()
    expect(world.decisions.at(-1)?.decision.notNeeded).toEqual(['bo', 'cy', 'di'])
    world.answer('bo', true)
    world.answer('cy', true)
    expect(world.decide()).toMatchObject({ state: 'filled', neededAgain: [] })
    world.now += MINUTE
    world.answer('ana', false)
    expect(world.decide()).toMatchObject({ state: 'filled', neededAgain: ['bo'], start: [] })
    expect(world.decide().neededAgain).toEqual([])
  })

  it('asks others as well where those who said yes all the same are too few', () => {
    const world = begin({ need: 2, wave: 3 }, { ana: yes, bo: yes })
    for (let steps = 0; steps < 2; steps++) world.step()
    world.answer('cy', true)
    world.decide()
    world.now += MINUTE
    world.answer('ana', false)
    world.answer('bo', false)
    const decision = world.decide()
    expect(decision.neededAgain).toEqual(['cy'])
    expect(decision.start.map(({ person }) => person)).toEqual(['di', 'ed', 'fi'])
  })
})
