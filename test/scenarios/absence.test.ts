import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/domain/clock.ts'
import { type CallTree, startCallTree } from '../harness/call-tree.ts'

const WARDEN = {
  strategy: 'quorum',
  hold: 'PT1M',
  quorum: { need: 0, perDuty: { 'Fire warden': 1 }, wave: 1 },
} as const

let tree: CallTree
beforeEach(async () => {
  tree = await startCallTree()
  await tree.importPlaces([['Ben'], ['Dov'], ['Ada']], 'Others')
})
afterEach(() => tree.rig.close())

describe('a deputy who said yes while somebody was away', () => {
  const standIn = async (awayMs: number) => {
    await tree.setAway('Ben', tree.deps.clock() + awayMs)
    const id = await tree.raise([['Ben', '', 'Dov', 'Fire warden'], ['Ada']], WARDEN)
    await tree.answer(id, 'Dov', 'yes')
    await tree.pass(SECOND)
    expect(tree.sent()).toEqual(['Dov:alert'])
    return id
  }

  it('keeps the duty when the time of the absence is over', async () => {
    const id = await standIn(2 * MINUTE)
    await tree.pass(3 * MINUTE)
    await tree.setAway('Ada', tree.deps.clock() + MINUTE)
    await tree.answer(id, 'Dov', 'yes')
    await tree.pass(MINUTE)
    expect(tree.sent(1)).toEqual([])
  })

  it('keeps it also when the absence ends early', async () => {
    await standIn(HOUR)
    await tree.setAway('Ben', null)
    await tree.pass(5 * SECOND)
    expect(tree.sent(1)).toEqual([])
  })
})

describe('an absence that cannot be meant', () => {
  const at = (time: number) => new Date(time).toISOString()

  it('is refused with the field: one that is over, and one that ends beyond three years', async () => {
    for (const [awayUntil, code] of [
      [at(tree.deps.clock() - SECOND), 'absence.past'],
      [at(tree.deps.clock()), 'absence.past'],
      ['9999-12-31T23:59:59.000Z', 'absence.too_long'],
    ] as const) {
      const response = await tree.change('Ben', { awayUntil })
      expect(response.status).toBe(422)
      expect(await response.json()).toMatchObject({ code, field: 'awayUntil' })
      const created = await tree.rig.ask('/api/v1/people', {
        method: 'POST',
        json: { name: 'Hal', awayUntil },
        as: await tree.rig.key('administrator'),
      })
      expect(await created.json()).toMatchObject({ code, field: 'awayUntil' })
    }
    expect((await tree.change('Ben', { awayUntil: at(tree.deps.clock() + 300 * DAY) })).status).toBe(200)
  })

  it('does not keep a person with an absence that is over from being changed otherwise', async () => {
    const awayUntil = at(tree.deps.clock() + MINUTE)
    await tree.change('Ben', { awayUntil })
    await tree.pass(2 * MINUTE)
    expect((await tree.change('Ben', { awayUntil, name: 'Benno' })).status).toBe(200)
  })
})
