import { afterEach, describe, expect, it } from 'vitest'
import { SECOND } from '../../src/domain/clock.ts'
import { Problem } from '../../src/domain/errors.ts'
import { openDatabase } from '../../src/platform/node/database.ts'
import { textIn } from '../harness/call-back.ts'
import { type Rig, SENDER, startRig } from '../harness/rig.ts'

const AMIRA = '+447700900101'
const SHARED = '+447700900105'

let rig: Rig
let alert: { id: string; code: string }
const closers: (() => void)[] = []
afterEach(() => {
  rig.close()
  for (const close of closers.splice(0)) close()
})

async function begin(people: string, more: Parameters<typeof startRig>[2] = {}, change: object = {}): Promise<void> {
  rig = await startRig(':memory:', undefined, more)
  await rig.importPeople(`id,name,mobile\n${people}`)
  await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }], ...change })
  alert = await rig.raise()
  await rig.advance(20 * SECOND)
}
const lastText = (number: string) => rig.simulator.phones.get(number).texts.at(-1)?.text ?? ''
const heard = (number: string) => rig.simulator.phones.get(number).subtitles.join(' ')
const of = async (name: string) => (await rig.recipients(alert.id)).find((recipient) => recipient.name === name)
async function press(number: string, key: string): Promise<void> {
  rig.simulator.phones.press(number, key)
  await rig.advance(10 * SECOND)
}

describe('a text from a sender that takes no answers', () => {
  const first = { from: 'Harbour', callBack: SENDER, channels: ['sms' as const] }

  it('carries the number that takes them, and ringing it answers by key', async () => {
    await begin(`A,Amira Ward,${AMIRA}`, { first })
    expect(lastText(AMIRA)).toContain(`Call or text ${SENDER} to answer: 1 = Yes, 2 = No. With code: 1 ${alert.code}`)
    expect(lastText(AMIRA)).not.toContain('Reply')
    rig.simulator.phones.ring(AMIRA, SENDER)
    await rig.advance(5 * SECOND)
    expect(heard(AMIRA)).toContain('Flood at dock 3')
    await press(AMIRA, '1')
    expect(await of('Amira Ward')).toMatchObject({ rung: 'acknowledged', response: 'yes', channel: 'voice' })
  })

  it('is answered by a text to that number', async () => {
    await begin(`A,Amira Ward,${AMIRA}`, { first })
    rig.simulator.phones.text(AMIRA, `1 ${alert.code}`, SENDER)
    await rig.simulator.settle()
    expect(await of('Amira Ward')).toMatchObject({ rung: 'acknowledged', response: 'yes', channel: 'sms' })
  })

  it('asks for no reply where there is no such number, and the link is there', async () => {
    await begin(`A,Amira Ward,${AMIRA}`, { first: { from: 'Harbour', channels: ['sms'] } })
    expect(lastText(AMIRA)).not.toMatch(/Reply|Call or text/)
    expect(lastText(AMIRA)).toMatch(/https:\S+\/a\//)
  })
})

describe('two people on one phone', () => {
  const people = `A,Amira Ward,${SHARED}\nB,Ben Holt,${SHARED}`

  it('are asked who is speaking when they ring, and the answer is of whoever said so', async () => {
    await begin(people)
    rig.simulator.phones.ring(SHARED, SENDER)
    await rig.advance(5 * SECOND)
    expect(heard(SHARED)).toMatch(
      /Several people share this phone.*Amira Ward.*Ben Holt|Several people share this phone.*Ben Holt.*Amira Ward/,
    )
    const digit = /Press (\d): Ben Holt/.exec(heard(SHARED))?.[1] ?? ''
    await press(SHARED, digit)
    await press(SHARED, '2')
    expect(await of('Ben Holt')).toMatchObject({ rung: 'acknowledged', response: 'no', channel: 'voice' })
    expect(await of('Amira Ward')).not.toHaveProperty('response')
    // The other one answers on the same phone, and neither answer touches the other.
    rig.simulator.phones.hangUp(SHARED)
    await rig.advance(5 * SECOND)
    rig.simulator.phones.ring(SHARED, SENDER)
    await rig.advance(5 * SECOND)
    await press(SHARED, digit === '1' ? '2' : '1')
    await press(SHARED, '1')
    expect(await of('Amira Ward')).toMatchObject({ response: 'yes' })
    expect(await of('Ben Holt')).toMatchObject({ response: 'no' })
  })

  it('are never told apart by guessing: their text is kept for a person, and their own links answer', async () => {
    await begin(people)
    const texts = rig.simulator.phones.get(SHARED).texts.filter(({ direction }) => direction === 'in')
    const links = new Set(texts.map(({ text }) => /\/a\/[\w-]+/.exec(text)?.[0]))
    expect(links.size).toBe(2)
    expect(await textIn(rig, SHARED, `1 ${alert.code}`)).toContain('A person will read this')
    expect((await rig.alert(alert.id)).counts.acknowledged).toBe(0)
    const { items } = (await (await rig.ask(`/api/v1/alerts/${alert.id}/unclear`)).json()) as { items: object[] }
    expect(items).toMatchObject([{ reason: 'Several people share this phone.', text: `1 ${alert.code}` }])
    const [link = ''] = links
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    await rig.ask(link, { as: '', method: 'POST', body: 'answer=yes', headers })
    expect((await rig.alert(alert.id)).counts.acknowledged).toBe(1)
  })
})

describe('an answer on the page while nothing can be written', () => {
  it('is said not to be kept, never that nothing was chosen, and counts when it is pressed again', async () => {
    let full = false
    const database = openDatabase(':memory:')
    closers.push(() => database.close())
    await begin(`A,Amira Ward,${AMIRA}`, {
      database: {
        ...database,
        async commit(statements) {
          if (full && statements.some(({ sql }) => !/^\s*(select|with)/i.test(sql)))
            throw new Problem('full', 'disk.full', 'The disk of this service is full.')
          return database.commit(statements)
        },
      },
    })
    const link = /\/a\/[\w-]+/.exec(lastText(AMIRA))?.[0] ?? ''
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }
    const tap = () => rig.ask(link, { as: '', method: 'POST', body: 'answer=no', headers })
    full = true
    const refused = await tap()
    expect(refused.status).toBe(503)
    const page = await refused.text()
    expect(page).toContain('Your answer could not be kept just now. Please press again in a moment.')
    expect(page).toContain('In danger call 999')
    expect(page).toContain('<button')
    expect(page).not.toContain('Please choose')
    full = false
    expect((await tap()).status).toBe(200)
    expect(await of('Amira Ward')).toMatchObject({ response: 'no' })
  })
})
