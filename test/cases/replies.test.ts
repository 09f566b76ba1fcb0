import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { UnclearAnswer } from '../../src/contract/alerts.ts'
import type { PersonView } from '../../src/contract/people.ts'
import { DAY, MINUTE, SECOND } from '../../src/domain/clock.ts'
import { raiseWithCode, textIn } from '../harness/call-back.ts'
import { type Rig, startRig, TEMPLATE } from '../harness/rig.ts'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/cases', name), 'utf8')
const replies: { utf8_hex: string; expected: string }[] = parse(fixture('case-21-replies.csv'), { columns: true })
const stops: { body: string; expected: string }[] = parse(fixture('case-15-stop.csv'), { columns: true, trim: false })
const AMIRA = '+447700900101'
const numberOf = (index: number) => `+4477009001${String(index).padStart(2, '0')}`

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
  await rig.saveTemplate()
})
afterEach(() => rig.close())

const items = async <Item>(path: string) => ((await (await rig.ask(path)).json()) as { items: Item[] }).items
const unclear = (id: string) => items<UnclearAnswer>(`/api/v1/alerts/${id}/unclear`)
const importOne = () => rig.importPeople(`id,name,mobile\nA,Amira Ward,${AMIRA}`)

describe('stop words of carriers, from phone to board (reported failure 15)', () => {
  const more = [
    { body: 'Stop!!', expected: 'OPT_OUT' },
    { body: 'ＳＴＯＰ', expected: 'OPT_OUT' },
    { body: '“unsubscribe”', expected: 'OPT_OUT' },
    { body: 'please do not stop', expected: 'NOT_OPT_OUT_NEEDS_HUMAN' },
    { body: 'END of the road is flooded', expected: 'NOT_OPT_OUT_NEEDS_HUMAN' },
  ]
  it.each([...stops, ...more])('"$body" is $expected', async ({ body, expected }) => {
    await importOne()
    const { id } = await raiseWithCode(rig, 4821)
    await rig.advance(2 * SECOND)
    if (expected === 'OPT_IN') await textIn(rig, AMIRA, 'STOP')
    await textIn(rig, AMIRA, body)
    await rig.advance(2 * SECOND)
    const [person] = await items<PersonView>('/api/v1/people')
    const marked = person?.contactPoints.filter((point) => point.marks.includes('opted_out')).map(({ kind }) => kind)
    const [amira] = await rig.recipients(id)
    const { state } = rig.simulator.phones.get(AMIRA)
    expect(marked).toEqual(expected === 'OPT_OUT' ? ['sms'] : [])
    if (expected === 'OPT_OUT') expect(state).toBe('ringing')
    if (expected === 'NOT_OPT_OUT_NEEDS_HUMAN') expect(state).toBe('idle')
    expect(amira?.response).toBe(expected === 'ACK_AND_FLAG' ? 'yes' : undefined)
    const waiting = (await unclear(id)).map(({ text }) => text)
    expect(waiting).toEqual(['ACK_AND_FLAG', 'NOT_OPT_OUT_NEEDS_HUMAN'].includes(expected) ? [body] : [])
  })

  it.each(['STOP', 'End', 'cancel'])('"%s" may not be offered as an answer', async (label) => {
    const [yes, no] = TEMPLATE.responses
    const responses = [yes, { ...no, label: { en: label } }]
    const response = await rig.ask('/api/v1/templates', { method: 'POST', json: { ...TEMPLATE, name: 'X', responses } })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ code: 'template.reserved_word', field: 'responses.1.label.en' })
  })
})

describe('texts that volunteers really sent, from phone to board (reported failure 21)', () => {
  const bodies = [
    ...replies.map(({ utf8_hex, expected }) => ({ body: Buffer.from(utf8_hex, 'hex').toString('utf8'), expected })),
    { body: '٤٨٢١ ١', expected: 'ACK' },
    { body: 'Tak 4821!!!', expected: 'ACK' },
    { body: 'yes 4821?', expected: 'NEEDS_HUMAN' },
    { body: 'yes 48211', expected: 'NEEDS_HUMAN' },
  ]

  it('answer only where they are certain, and whatever else they say is kept whole for a person', async () => {
    const rows = bodies.map((_, index) => `P${index},Person ${index},${numberOf(index)}`)
    await rig.importPeople(['id,name,mobile', ...rows].join('\n'))
    const { id } = await raiseWithCode(rig, 4821, {})
    await rig.advance(2 * SECOND)
    const told: (string | null)[] = []
    for (const [index, { body }] of bodies.entries()) told.push(await textIn(rig, numberOf(index), body))
    const recipients = await rig.recipients(id)
    const waiting = await unclear(id)
    for (const [index, { body, expected }] of bodies.entries()) {
      const response = recipients.find(({ name }) => name === `Person ${index}`)?.response
      const kept = waiting.find(({ name }) => name === `Person ${index}`)?.text
      const needsHuman = expected.startsWith('NEEDS_HUMAN')
      const right = needsHuman ? undefined : expected.startsWith('DECLINE') ? 'no' : 'yes'
      expect([body, response]).toEqual([body, right])
      expect([body, kept]).toEqual([body, needsHuman || expected.includes('full text') ? body : undefined])
      expect(told[index]).toMatch(needsHuman ? /A person will read this/ : /Recorded/)
    }
  })

  it('without a code answer nothing while two alerts are open on the phone', async () => {
    await importOne()
    const both = [await rig.raise(), await rig.raise()]
    await rig.advance(2 * SECOND)
    await textIn(rig, AMIRA, 'yes')
    for (const { id } of both) expect((await rig.alert(id)).counts.acknowledged).toBe(0)
    expect((await Promise.all(both.map(({ id }) => unclear(id)))).flat().length).toBeGreaterThan(0)
  })
})

describe('a reply to an alert that has ended while another is open (reported failure 22)', () => {
  it('is told when its alert ended, is kept there, and leaves the other one open', async () => {
    await importOne()
    const seven = await raiseWithCode(rig, 4821)
    await rig.advance(2 * SECOND)
    await rig.ask(`/api/v1/alerts/${seven.id}/close`, { method: 'POST' })
    const ended = new Date(rig.clock.now()).toISOString().slice(11, 16)
    await rig.clock.advance(MINUTE, async () => {})
    const eight = await raiseWithCode(rig, 4821)
    expect([seven.code, eight.code === '4821']).toEqual(['4821', false])
    await rig.advance(2 * SECOND)
    expect(await textIn(rig, AMIRA, 'YES 4821')).toContain(`ended at ${ended}`)
    expect(await rig.deps.store.answers.of(seven.id)).toMatchObject([{ response: 'yes' }])
    expect((await rig.alert(seven.id)).counts.acknowledged).toBe(0)
    expect(await rig.alert(eight.id)).toMatchObject({ state: 'open', counts: { acknowledged: 0 } })
    expect(await rig.deps.store.answers.of(eight.id)).toEqual([])
  })

  it('never meets another alert of the same code, not a day later either', async () => {
    await importOne()
    const seven = await raiseWithCode(rig, 4821)
    await rig.ask(`/api/v1/alerts/${seven.id}/close`, { method: 'POST' })
    await rig.clock.advance(DAY, async () => {})
    expect((await raiseWithCode(rig, 4821)).code).not.toBe('4821')
  })
})
