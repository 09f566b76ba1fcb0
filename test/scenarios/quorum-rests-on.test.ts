import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { type CallTree, numberOf, startCallTree } from '../harness/call-tree.ts'
import { accept } from '../harness/fake-carrier.ts'

const QUORUM = { strategy: 'quorum', hold: 'PT10M', quorum: { need: 1, perDuty: {}, wave: 3 } } as const
const BUSY = { outcome: 'retryLater', code: 'busy', reason: 'busy', afterMs: 20_000 } as const

let tree: CallTree
beforeEach(async () => {
  tree = await startCallTree()
})
afterEach(() => tree.rig.close())

describe('a quorum that rests on somebody who was told not to come', () => {
  it('tells whoever said yes all the same that he or she is needed again', async () => {
    const id = await tree.raise([['Ada'], ['Ben'], ['Cem']], QUORUM)
    await tree.answer(id, 'Ada', 'yes')
    await tree.pass(SECOND)
    expect(tree.sent(3).sort()).toEqual(['Ben:not_needed', 'Cem:not_needed'])
    await tree.answer(id, 'Ben', 'yes')
    await tree.pass(SECOND)
    expect(tree.sent(5)).toEqual([])
    await tree.answer(id, 'Ada', 'no')
    await tree.pass(MINUTE)
    expect(tree.sent(5).sort()).toEqual(['Ada:not_needed', 'Ben:needed_again'])
    expect(await tree.timeline(id)).toContain(
      'More people are needed again; 1 person are told so.'.replace('are told', 'are told'),
    )
  })

  it('does not tell somebody who has just said yes that he or she is not needed', async () => {
    const id = await tree.raise([['Ada'], ['Ben']], QUORUM)
    tree.carrier.answer = (message) => (message.purpose === 'not_needed' ? BUSY : accept(message))
    await tree.answer(id, 'Ada', 'yes')
    await tree.pass(SECOND)
    await tree.answer(id, 'Ben', 'yes')
    tree.carrier.answer = accept
    const before = tree.carrier.sent.length
    await tree.pass(2 * MINUTE)
    expect(tree.sent(before)).toEqual([])
  })
})

describe('somebody who was sent away before the first message left', () => {
  const sendBenAway = async () => {
    let down = true
    tree.carrier.answer = (message) =>
      down && message.address === numberOf('Ben') ? { ...BUSY, afterMs: 90_000 } : accept(message)
    const id = await tree.raise([['Ada'], ['Ben'], ['Cem', 'Ben']], {
      ...QUORUM,
      quorum: { ...QUORUM.quorum, wave: 2 },
    })
    await tree.answer(id, 'Ada', 'yes')
    await tree.pass(SECOND)
    down = false
    return id
  }

  it('is contacted from the beginning when needed again, and not taken for unreachable', async () => {
    const id = await sendBenAway()
    await tree.pass(2 * MINUTE)
    const before = tree.carrier.sent.length
    await tree.answer(id, 'Ada', 'no')
    await tree.pass(2 * MINUTE)
    expect(tree.sent(before).sort()).toEqual(['Ben:alert', 'Cem:alert'])
    const ben = await tree.rowOf(id, 'Ben')
    expect(ben).toMatchObject({ rung: 'accepted' })
    expect(ben?.unreachable).toBeUndefined()
  })

  it('hears nothing while not needed, whatever becomes of the message that was on its way', async () => {
    const id = await sendBenAway()
    const before = tree.carrier.sent.length
    await tree.pass(5 * MINUTE)
    expect(tree.sent(before)).toEqual([])
    await tree.rig.ask(`/api/v1/alerts/${id}/close`, { method: 'POST' })
    expect((await tree.rowOf(id, 'Ben'))?.unreachable).toBeUndefined()
  })
})
