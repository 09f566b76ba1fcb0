import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { type CallTree, numberOf, startCallTree } from '../harness/call-tree.ts'

const RELAY = { strategy: 'relay', hold: 'PT5M', cardTime: 'PT15M' } as const

let tree: CallTree
beforeEach(async () => {
  tree = await startCallTree()
})
afterEach(() => tree.rig.close())

const close = (id: string) => tree.rig.ask(`/api/v1/alerts/${id}/close`, { method: 'POST' })
const update = (id: string, audience: string) =>
  tree.rig.ask(`/api/v1/alerts/${id}/update`, { method: 'POST', json: { audience, text: { body: 'Meet at pier 2.' } } })

describe('somebody who only heard of the alert by a call from the holder of a card', () => {
  const phoneBen = async () => {
    const id = await tree.raise([['Ada'], ['Ben', 'Ada'], ['Cem', 'Ben'], ['Dov', 'Cem']], RELAY)
    await tree.answer(id, 'Ada', 'yes')
    await tree.pass(SECOND)
    expect((await tree.mark(id, 'Ada', 'Ben', 'reached:yes')).status).toBe(200)
    await tree.pass(SECOND)
    return id
  }

  it('is told of the card that is now his, so that no level waits for its time to be over', async () => {
    const id = await phoneBen()
    expect((await tree.cards(id)).map(({ holder }) => holder.name)).toEqual(['Ada', 'Ben'])
    expect(tree.sent()).toEqual(['Ada:alert', 'Ada:card', 'Ben:card'])
    const told = tree.carrier.sent.at(-1)
    expect(`${told?.link}`).toContain(await tree.linkOf(id, 'Ben'))
    await tree.mark(id, 'Ben', 'Cem', 'reached:yes')
    await tree.pass(SECOND)
    expect(tree.sent(3)).toEqual(['Cem:card'])
  })

  it('gets the updates and the all-clear, each once, with the same authentic word', async () => {
    const id = await phoneBen()
    const before = tree.carrier.sent.length
    await update(id, 'all')
    await tree.pass(SECOND)
    await close(id)
    await close(id)
    await tree.pass(SECOND)
    const news = tree.sent(before)
    expect([...news.slice(0, 2).sort(), ...news.slice(2).sort()]).toEqual([
      'Ada:update',
      'Ben:update',
      'Ada:all_clear',
      'Ben:all_clear',
    ])
    const words = tree.carrier.sent.filter(({ address }) => address === numberOf('Ben')).map(({ word }) => word)
    expect(words[0]).toMatchObject({ number: 1 })
    expect(new Set(words.map((word) => JSON.stringify(word))).size).toBe(1)
  })

  it('is left out of an update for those who have not answered', async () => {
    const id = await phoneBen()
    const before = tree.carrier.sent.length
    await update(id, 'silent')
    await tree.pass(SECOND)
    expect(tree.sent(before)).toEqual([])
  })

  it('is told at the next point where the first told the sender to stop', async () => {
    const id = await tree.raise([['Ada'], ['Ben', 'Ada'], ['Cem', 'Ben']], RELAY)
    await tree.answer(id, 'Ada', 'yes')
    await tree.pass(SECOND)
    await tree.change('Ben', {
      contactPoints: [
        { kind: 'sms', address: numberOf('Ben') },
        { kind: 'voice', address: numberOf('Eve') },
      ],
    })
    await tree.deps.store.commit([tree.deps.store.people.optOut(numberOf('Ben'), 'first/sms', tree.deps.clock())])
    await tree.mark(id, 'Ada', 'Ben', 'reached:yes')
    await tree.pass(SECOND)
    expect(tree.carrier.sent.at(-1)).toMatchObject({ purpose: 'card', channel: 'voice', address: numberOf('Eve') })
  })
})

it('whose answer was recorded by somebody who asked, before any message had left, is told the end too', async () => {
  const id = await tree.raise([['Ada'], ['Ben', 'Ada']], { strategy: 'cascade', hold: 'PT5M' })
  const ben = await tree.rowOf(id, 'Ben')
  await tree.rig.ask(`/api/v1/alerts/${id}/recipients/${ben?.id}/acknowledge`, {
    method: 'POST',
    json: { response: 'yes' },
  })
  await tree.pass(SECOND)
  await close(id)
  await tree.pass(SECOND)
  expect(tree.sent(1).sort()).toEqual(['Ada:all_clear', 'Ben:all_clear'])
})

it('the holder of a card who can only be called is called about it', async () => {
  await tree.importPlaces([['Ada'], ['Ben', 'Ada']])
  await tree.change('Ada', { contactPoints: [{ kind: 'voice', address: numberOf('Ada') }] })
  await tree.rig.saveTemplate({ ...RELAY, severity: 'minor', plan: [{ after: 'PT0S', channels: ['voice'] }] })
  const { id } = await tree.rig.raise()
  await tree.pass(SECOND)
  await tree.answer(id, 'Ada', 'yes')
  await tree.pass(MINUTE)
  const sent = tree.carrier.sent.map(({ channel, purpose }) => `${channel} ${purpose}`)
  expect(sent).toEqual(['voice alert', 'voice card'])
})
