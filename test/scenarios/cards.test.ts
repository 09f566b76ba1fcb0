import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CardView } from '../../src/contract/cards.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { type CallTree, numberOf, startCallTree } from '../harness/call-tree.ts'
import { accept } from '../harness/fake-carrier.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const NAMES = ['Ada', 'Ben', 'Cem', 'Dov']

describe('the card of a relay', () => {
  let rig: Rig
  let alertId: string
  beforeEach(async () => {
    rig = await startRig()
    await rig.importPeople(
      [
        'id,name,mobile,reports to',
        ...NAMES.map((name) => `${name},${name},${numberOf(name)},${name === 'Ada' ? '' : 'Ada'}`),
      ].join('\n'),
    )
    await rig.saveTemplate({
      strategy: 'relay',
      hold: 'PT5M',
      cardTime: 'PT2M',
      plan: [{ after: 'PT0S', channels: ['sms'] }],
    })
    ;({ id: alertId } = await rig.raise())
    await rig.advance(SECOND)
    rig.simulator.phones.text(numberOf('Ada'), '1')
    await rig.advance(SECOND)
  })
  afterEach(() => rig.close())

  const contacted = () => {
    const texts = rig.simulator.messages().filter(({ direction }) => direction === 'outbound-api')
    return [...new Set(texts.map(({ to }) => NAMES.find((name) => numberOf(name) === to)))].sort()
  }
  const row = async (name: string) => (await rig.recipients(alertId)).find((one) => one.name === name)
  const cards = async () =>
    ((await (await rig.ask(`/api/v1/alerts/${alertId}/cards`)).json()) as { items: CardView[] }).items
  const link = async () => `/a/${rig.deps.vault.linkToken((await row('Ada'))?.id ?? '')}`
  const mark = async (name: string, mark: string, card?: string) => {
    const [first] = await cards()
    const person = first?.people.find((one) => one.name === name)?.person ?? ''
    const body = new URLSearchParams({ card: card ?? first?.id ?? '', person, mark }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }
    const response = await rig.ask(`${await link()}/marks`, { method: 'POST', as: '', body, headers })
    await rig.advance(SECOND)
    return response
  }

  it('goes to whoever has answered, and spares the people on it the machine', async () => {
    expect(contacted()).toEqual(['Ada'])
    const [card] = await cards()
    expect(card?.people.map(({ name, mark }) => [name, mark])).toEqual([
      ['Ben', null],
      ['Cem', null],
      ['Dov', null],
    ])
    const page = await (await rig.ask(await link(), { as: '' })).text()
    expect(page).toContain(`<a href="tel:${numberOf('Ben')}">`)
    expect(page).toContain('Please phone these people')
    const told = rig.simulator.messages().findLast(({ direction }) => direction === 'outbound-api')
    expect(told?.to).toBe(numberOf('Ada'))
    expect(told?.body).toMatch(/PLEASE PHONE/)
    expect(told?.body).toContain(await link())
  })

  it('counts whoever was reached as having answered, on behalf, and contacts nobody who was', async () => {
    expect((await mark('Ben', 'reached:yes')).status).toBe(200)
    expect(await row('Ben')).toMatchObject({ rung: 'acknowledged', response: 'yes', onBehalfBy: 'Ada' })
    await rig.advance(2 * MINUTE)
    expect(contacted()).toEqual(['Ada', 'Cem', 'Dov'])
    expect((await cards())[0]).toMatchObject({ endedWhy: 'deadline' })
    expect((await row('Cem'))?.reason).toBe("Cem is contacted because the time of Ada's card was over without a mark.")
  })

  it('sends the machine at once where the holder met no answer or a wrong number', async () => {
    await mark('Cem', 'no_answer')
    expect(contacted()).toEqual(['Ada', 'Cem'])
    await mark('Dov', 'wrong_number')
    expect(contacted()).toEqual(['Ada', 'Cem', 'Dov'])
    expect((await row('Dov'))?.rung).not.toBe('acknowledged')
  })

  it('passes on at once when its holder declines after all', async () => {
    rig.simulator.phones.text(numberOf('Ada'), '2')
    await rig.advance(SECOND)
    expect(contacted()).toEqual(['Ada', 'Ben', 'Cem', 'Dov'])
    expect((await cards())[0]).toMatchObject({ endedWhy: 'holder_declined' })
  })

  it('takes a correction: no answer at first, reached later; and the same mark twice counts once', async () => {
    await mark('Ben', 'no_answer')
    await mark('Ben', 'reached:yes')
    await mark('Ben', 'reached:yes')
    expect(await row('Ben')).toMatchObject({ rung: 'acknowledged' })
    const answers = await rig.deps.store.answers.of(alertId)
    expect(answers.filter(({ recordedBy }) => recordedBy === 'Ada')).toHaveLength(1)
    await mark('Ben', 'no_answer')
    expect((await cards())[0]?.people.find(({ name }) => name === 'Ben')?.mark).toBe('reached')
  })

  it('is refused to whoever does not hold it, and with an answer that the alert does not offer', async () => {
    expect((await mark('Ben', 'reached:maybe')).status).toBe(422)
    expect((await mark('Ben', 'reached')).status).toBe(422)
    expect((await mark('Ben', 'reached:yes', '00000000-0000-7000-8000-000000000000')).status).toBe(422)
    expect(await row('Ben')).toMatchObject({ rung: 'planned' })
    const responder = await rig.key('responder')
    const init = {
      method: 'POST',
      as: responder,
      json: { person: (await cards())[0]?.people[0]?.person, mark: 'no_answer' },
    }
    expect((await rig.ask(`/api/v1/my/cards/${(await cards())[0]?.id}/marks`, init)).status).toBe(404)
  })
})

describe('a card whose holder can no longer be counted upon', () => {
  const RELAY = { strategy: 'relay', hold: 'PT5M', cardTime: 'PT2M' } as const
  let tree: CallTree
  let alertId: string
  beforeEach(async () => {
    tree = await startCallTree()
    alertId = await tree.raise([['Ada'], ['Ben', 'Ada'], ['Cem', 'Ada']], RELAY)
    await tree.answer(alertId, 'Ada', 'yes')
  })
  afterEach(() => tree.rig.close())

  const page = async () => (await tree.rig.ask(await tree.linkOf(alertId, 'Ada'), { as: '' })).text()
  const cannotMark = async () => {
    expect((await tree.mark(alertId, 'Ada', 'Cem', 'reached:no')).status).toBe(404)
    expect(await tree.rowOf(alertId, 'Cem')).not.toHaveProperty('response')
  }

  it('shows no numbers to somebody who was removed, and takes no marks', async () => {
    await tree.pass(SECOND)
    expect(await page()).toContain(`tel:${numberOf('Ben')}`)
    await tree.remove('Ada')
    expect(await page()).not.toContain('tel:+')
    await cannotMark()
    await tree.pass(SECOND)
    expect(await page()).not.toContain('tel:+')
    await cannotMark()
  })

  it('shows none to somebody who has declined, also when its time was over before', async () => {
    await tree.pass(SECOND)
    await tree.answer(alertId, 'Ada', 'no')
    expect(await page()).not.toContain('tel:+')
    await tree.answer(alertId, 'Ada', 'yes')
    await tree.pass(2 * MINUTE)
    expect((await tree.cards(alertId))[0]).toMatchObject({ endedWhy: 'deadline' })
    expect(await page()).toContain(`tel:${numberOf('Ben')}`)
    await tree.answer(alertId, 'Ada', 'no')
    await tree.pass(SECOND)
    expect(await page()).not.toContain('tel:+')
    await cannotMark()
  })

  it('is not told to anybody any more where the message had not left', async () => {
    tree.carrier.answer = (message) =>
      message.purpose === 'card'
        ? { outcome: 'retryLater', code: 'busy', reason: 'busy', afterMs: 20_000 }
        : accept(message)
    await tree.pass(SECOND)
    await tree.answer(alertId, 'Ada', 'no')
    await tree.pass(SECOND)
    tree.carrier.answer = accept
    const before = tree.carrier.sent.length
    await tree.pass(MINUTE)
    expect(tree.sent(before).filter((one) => one.endsWith(':card'))).toEqual([])
  })
})
