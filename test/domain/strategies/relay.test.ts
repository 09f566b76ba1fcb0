import { describe, expect, it } from 'vitest'
import { MINUTE } from '../../../src/domain/clock.ts'
import type { AlertRules } from '../../../src/domain/strategies/strategy-rules.ts'
import type { TreeNode } from '../../../src/domain/trees/tree.ts'
import { type Behaviour, World } from './world.ts'

const HOLD = 5 * MINUTE
const CARD = 10 * MINUTE
const relay: AlertRules = {
  kind: 'live',
  severity: 'moderate',
  strategy: { name: 'relay', hold: HOLD, cardTime: CARD },
}
const node = (person: string, parent?: string, deputies: string[] = []): TreeNode => ({
  person,
  deputies,
  ...(parent === undefined ? {} : { parent }),
})
const nodes = [node('chief', undefined, ['deputy']), node('ana', 'chief'), node('bo', 'chief'), node('cy', 'ana')]
const quick: Behaviour = { answers: [{ after: 0, accepts: true }] }

function live(behaviours: Record<string, Behaviour>, trees = [{ id: 'plant', nodes }]): World {
  const world = new World(relay, trees, new Map(Object.entries(behaviours)))
  world.run()
  return world
}
const startOf = (world: World, person: string) => world.starts.find((start) => start.person === person)
const cardsOf = (world: World) => world.cards.map(({ branch, holder, people }) => ({ branch, holder, people }))

describe('in a relay', () => {
  it('who answers gets a card with the people to phone, and no machine contacts these meanwhile', () => {
    const phoned: Behaviour = { answers: [], onPhone: 'reached', phonesEvery: MINUTE }
    const world = live({ chief: { ...quick, phonesEvery: MINUTE }, ana: phoned, bo: phoned, cy: phoned })
    expect(world.contacted).toEqual(['chief'])
    expect(cardsOf(world)).toEqual([
      { branch: 'chief', holder: 'chief', people: ['ana', 'bo'] },
      { branch: 'ana', holder: 'ana', people: ['cy'] },
    ])
    expect(world.decisions.flatMap(({ decision }) => decision.endCards).map(({ why }) => why)).toEqual([
      'all_settled',
      'all_settled',
    ])
  })

  it('somebody marked as no answer or wrong number is contacted at once, the others stay on the card', () => {
    const world = live({
      chief: { ...quick, phonesEvery: MINUTE },
      ana: { answers: [], onPhone: 'no_answer' },
      bo: { answers: [], onPhone: 'wrong_number' },
    })
    expect(startOf(world, 'ana')).toMatchObject({ at: MINUTE, because: { why: 'card_no_answer', person: 'chief' } })
    expect(startOf(world, 'bo')).toMatchObject({ at: 2 * MINUTE, because: { why: 'card_wrong_number' } })
  })

  it('who is unmarked when the time of the card is over is contacted directly', () => {
    const world = live({ chief: quick })
    expect(startOf(world, 'bo')).toMatchObject({ at: CARD, because: { why: 'card_expired', person: 'chief' } })
    expect(world.decisions.flatMap(({ decision }) => decision.endCards)[0]).toEqual({ card: 'card 0', why: 'deadline' })
  })

  it('everybody is contacted directly when nobody who answered could hold a card', () => {
    const world = live({})
    expect(startOf(world, 'ana')).toMatchObject({ at: HOLD, because: { why: 'hold_over', person: 'chief' } })
    expect(startOf(world, 'cy')?.at).toBe(2 * HOLD)
    expect(world.cards).toEqual([])
  })

  it('a lead who is phoned in vain and stays silent leaves the card to whoever above has answered', () => {
    const world = live({ chief: { ...quick, phonesEvery: MINUTE }, ana: { answers: [], onPhone: 'no_answer' } })
    expect(cardsOf(world)[1]).toEqual({ branch: 'ana', holder: 'chief', people: ['cy'] })
    expect(world.passes).toMatchObject([{ branch: 'ana', to: 'chief', as: 'above', why: 'silent', at: MINUTE + HOLD }])
    expect(startOf(world, 'cy')).toMatchObject({ at: MINUTE + HOLD + CARD, because: { why: 'card_expired' } })
  })

  it('a holder who declines passes the card on at once, with who is left and a time of its own', () => {
    const deputy: Behaviour = { answers: [], volunteersAt: 0 }
    const answers = [
      { after: 0, accepts: true },
      { after: 3 * MINUTE, accepts: false },
    ]
    const world = live({
      chief: { answers, phonesEvery: 2 * MINUTE },
      ana: { answers: [], onPhone: 'reached' },
      deputy,
    })
    expect(world.cards.filter((card) => card.branch === 'chief')).toMatchObject([
      { holder: 'chief', people: ['ana', 'bo'], endedAt: 3 * MINUTE },
      { holder: 'deputy', people: ['bo'], deadline: 3 * MINUTE + CARD },
    ])
    expect(startOf(world, 'bo')).toMatchObject({ at: 3 * MINUTE + CARD, because: { person: 'deputy' } })
  })

  it('a lead who answers late still gets a card with those who are silent', () => {
    const world = live({ chief: { answers: [{ after: HOLD + MINUTE, accepts: true }] } })
    expect(startOf(world, 'ana')?.at).toBe(HOLD)
    expect(cardsOf(world)[0]).toEqual({ branch: 'chief', holder: 'chief', people: ['ana', 'bo'] })
  })

  it('somebody who is on a card already is not phoned from a second tree too', () => {
    const wing = { id: 'wing', nodes: [node('warden'), node('ana', 'warden'), node('di', 'warden')] }
    const world = live({ chief: quick, warden: quick }, [{ id: 'plant', nodes }, wing])
    expect(cardsOf(world).slice(0, 2)).toEqual([
      { branch: 'chief', holder: 'chief', people: ['ana', 'bo'] },
      { branch: 'warden', holder: 'warden', people: ['di'] },
    ])
  })
})
