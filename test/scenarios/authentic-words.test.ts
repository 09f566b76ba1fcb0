import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { invite } from '../../src/application/access/sign-in.ts'
import type { MyWords } from '../../src/contract/people.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const AMIRA = '+447700900101'
const BEN = '+447700900102'

let rig: Rig
let people: Map<string, string>
beforeEach(async () => {
  rig = await startRig()
  await rig.importPeople(`id,name,mobile,language\nA,Amira Ward,${AMIRA},en\nB,Ben Holt,${BEN},fr`)
  await rig.saveTemplate()
  people = new Map((await rig.deps.store.people.all()).map(({ externalId, id }) => [externalId ?? '', id]))
})
afterEach(() => rig.close())

async function signIn(person: string | undefined): Promise<string> {
  const body = { name: 'Somebody', role: 'responder' as const, ...(person === undefined ? {} : { person }) }
  const { link } = await invite(rig.deps, { kind: 'host' }, body)
  const entered = await rig.ask('/api/v1/session', { method: 'POST', as: '', json: { token: link.split('#')[1] } })
  return entered.headers.get('set-cookie')?.split(';')[0] ?? ''
}
const asked = (cookie: string) => rig.ask('/api/v1/my/words', { as: '', headers: { cookie } })
const card = async (cookie: string) => (await (await asked(cookie)).json()) as MyWords
const renew = (cookie: string, series: number) =>
  rig.ask('/api/v1/my/words/renew', { method: 'POST', as: '', headers: { cookie }, json: { series } })
const texts = (phone: string) => rig.simulator.phones.get(phone).texts.map(({ text }) => text)
const wordIn = (text: string | undefined) => /^(?:Word|Mot) (\d+: [a-z]+)$/m.exec(text ?? '')?.[1]
const close = (id: string) => rig.ask(`/api/v1/alerts/${id}/close`, { method: 'POST' })

describe('the word by which somebody tells a genuine alert', () => {
  it('is the next one on the card of that person, in every message of the alert and on its page', async () => {
    const cards = await Promise.all(['A', 'B'].map(async (id) => card(await signIn(people.get(id)))))
    const [own, other] = cards.map(({ items: [first] }) => `${first?.number}: ${first?.word}`)
    const { id } = await rig.raise()
    await rig.advance(2 * SECOND)
    expect(wordIn(texts(AMIRA)[0])).toBe(own)
    expect(wordIn(texts(BEN)[0])).toBe(other)
    const link = /https:\/\/alerts\.example\.org(\/a\/\S+)/.exec(texts(AMIRA)[0] ?? '')?.[1] ?? ''
    expect(await (await rig.ask(link, { as: '' })).text()).toContain(`Word ${own}`)
    await close(id)
    await rig.advance(2 * SECOND)
    expect(texts(AMIRA)).toHaveLength(2)
    expect(wordIn(texts(AMIRA)[1])).toBe(own)
  })

  it('is spoken in a call', async () => {
    const [first] = (await card(await signIn(people.get('A')))).items
    await rig.saveTemplate({ name: 'Call', plan: [{ after: 'PT0S', channels: ['voice'] }] })
    await rig.raise({ template: 'Call' })
    await rig.advance(2 * SECOND)
    expect(rig.simulator.phones.answer(AMIRA)).toBe(true)
    await rig.advance(20 * SECOND)
    const heard = rig.simulator.phones.get(AMIRA).subtitles.join('\n')
    expect(heard).toContain('Word number 1 is:')
    expect(heard).toContain(`${first?.word}.`)
  })

  it('is another in the next alert, however many messages the one before took', async () => {
    const words = (await card(await signIn(people.get('A')))).items
    for (const number of [1, 2]) {
      const { id } = await rig.raise()
      await rig.advance(3 * MINUTE + 5 * SECOND)
      expect(wordIn(texts(AMIRA).at(-1))).toBe(`${number}: ${words[number - 1]?.word}`)
      await close(id)
      await rig.advance(2 * SECOND)
    }
    const next = await card(await signIn(people.get('A')))
    expect(next.items[0]).toEqual(words[2])
  })
})

describe('the card of words', () => {
  it('is enough for a year, and nobody sees another’s', async () => {
    const { items } = await card(await signIn(people.get('A')))
    expect(items.length).toBeGreaterThan(52)
    expect(items.map(({ number }) => number)).toEqual(items.map((_, index) => index + 1))
    expect((await asked(await signIn(undefined))).status).toBe(409)
    expect((await rig.ask('/api/v1/my/words')).status).toBe(409)
    expect((await rig.ask('/api/v1/my/words', { as: '' })).status).toBe(401)
  })

  it('is void when it was lost: other words, and no number twice', async () => {
    const cookie = await signIn(people.get('A'))
    const { id } = await rig.raise()
    await rig.advance(2 * SECOND)
    const lost = await card(cookie)
    const before = wordIn(texts(AMIRA)[0])
    const renewed = (await (await renew(cookie, lost.series)).json()) as MyWords
    expect(renewed.series).toBe(lost.series + 1)
    expect(renewed.items[0]?.number).toBe(2)
    const same = renewed.items.filter(({ word }, index) => word === lost.items[index]?.word)
    expect(same.length).toBeLessThan(5)
    // Sent again, because nobody knows whether it arrived, it renews nothing more.
    expect(await (await renew(cookie, lost.series)).json()).toEqual(renewed)
    // What runs goes on with the word that was out already.
    await close(id)
    await rig.advance(2 * SECOND)
    expect(wordIn(texts(AMIRA)[1])).toBe(before)
    await rig.raise()
    await rig.advance(2 * SECOND)
    expect(wordIn(texts(AMIRA)[2])).toBe(`2: ${renewed.items[0]?.word}`)
    const acts = (await rig.deps.store.records.auditEntries({ cursor: null, limit: 100 })).items
    expect(acts.filter(({ act }) => act === 'person.renew_words')).toHaveLength(1)
  })
})
