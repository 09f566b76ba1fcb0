import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TemplateBody } from '../../src/contract/templates.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const NAMES = ['Ada', 'Ben', 'Cem', 'Dov', 'Eve', 'Fay', 'Gil', 'Hal']
const numberOf = (name: string) => `+44770090010${NAMES.indexOf(name)}`

/** Everybody's place: the name, whom he or she reports to, the deputy, the duty. */
type Row = [name: string, reportsTo?: string, deputy?: string, duty?: string]

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(() => rig.close())

/** The people contacted so far, in the order of their first text. */
const contacted = () => {
  const numbers = new Set(rig.simulator.messages().flatMap(({ direction, to }) => (direction === 'outbound-api' ? to : [])))
  return [...numbers].map((number) => NAMES.find((name) => numberOf(name) === number) ?? number)
}
const reply = async (name: string, text: string) => {
  rig.simulator.phones.text(numberOf(name), text)
  await rig.advance(SECOND)
}
const timeline = async (id: string) => {
  const response = await rig.ask(`/api/v1/alerts/${id}/timeline?limit=500`)
  return ((await response.json()) as { items: { text: string }[] }).items.map(({ text }) => text)
}
const rowOf = async (id: string, name: string) => (await rig.recipients(id)).find((row) => row.name === name)

async function raise(rows: Row[], template: Partial<TemplateBody>, change: Record<string, unknown> = {}): Promise<string> {
  const lines = rows.map(([name, above = '', deputy = '', duty = '']) =>
    [name, name, numberOf(name), above, deputy, duty].join(','),
  )
  await rig.importPeople(['id,name,mobile,reports to,deputy,duty', ...lines].join('\n'))
  await rig.saveTemplate({ plan: [{ after: 'PT0S', channels: ['sms'] }], ...template })
  const { id } = await rig.raise(change)
  await rig.advance(SECOND)
  return id
}

describe('a cascade', () => {
  const cascade = { strategy: 'cascade', hold: 'PT5M' } as const

  it('goes on below somebody who answers at once, and below a silent lead after the hold time', async () => {
    const id = await raise([['Ada'], ['Ben', 'Ada'], ['Cem', 'Ada'], ['Dov', 'Ben'], ['Eve', 'Cem']], cascade)
    expect(contacted()).toEqual(['Ada'])
    expect((await rig.alert(id)).waiting).toBe(4)
    await reply('Ada', '1')
    expect(contacted()).toEqual(['Ada', 'Ben', 'Cem'])
    await reply('Ben', '1')
    expect(contacted()).toEqual(['Ada', 'Ben', 'Cem', 'Dov'])

    await rig.advance(5 * MINUTE)
    expect(contacted()).toEqual(['Ada', 'Ben', 'Cem', 'Dov', 'Eve'])
    const lines = await timeline(id)
    expect(lines).toContain('Eve is contacted because Cem did not answer in time.')
    expect(lines).toContain(
      'The branch of Cem passes to Ben, the nearest beside it who has answered, because Cem did not answer in time.',
    )
    expect((await rowOf(id, 'Eve'))?.reason).toBe('Eve is contacted because Cem did not answer in time.')
    expect((await rig.alert(id)).waiting).toBe(0)
  })

  it('calls the deputy of a lead who cannot be reached at all, who then is a recipient and counted apart', async () => {
    rig.simulator.phones.set(numberOf('Ada'), { behaviour: 'unreachable' })
    const id = await raise([['Ada', '', 'Fay'], ['Ben', 'Ada'], ['Fay']], { ...cascade, plan: [{ after: 'PT0S', channels: ['sms'] }] }, {})
    expect(contacted()).toContain('Ben')
    expect(await rowOf(id, 'Fay')).toMatchObject({ name: 'Fay' })
  })
})

describe('a quorum', () => {
  const quorum = (need: number, wave: number): Partial<TemplateBody> => ({
    strategy: 'quorum',
    hold: 'PT5M',
    quorum: { need, perDuty: {}, wave },
  })

  it('contacts in order until enough have accepted, and leaves the rest in peace', async () => {
    const id = await raise([['Ada'], ['Ben'], ['Cem'], ['Dov']], quorum(1, 1))
    expect(contacted()).toEqual(['Ada'])
    await reply('Ada', '2')
    expect(contacted()).toEqual(['Ada', 'Ben'])
    await rig.advance(5 * MINUTE)
    expect(contacted()).toEqual(['Ada', 'Ben', 'Cem'])
    await reply('Cem', '1')
    await rig.advance(60 * MINUTE)
    expect(contacted()).toEqual(['Ada', 'Ben', 'Cem'])
    expect((await rig.alert(id)).waiting).toBe(1)
    expect(await timeline(id)).toContain('Ben is contacted because more people are needed.')
  })

  it('opens again when a yes becomes a no', async () => {
    const id = await raise([['Ada'], ['Ben']], quorum(1, 1))
    await reply('Ada', '1')
    await reply('Ada', '2')
    expect(contacted()).toEqual(['Ada', 'Ben'])
    expect(await timeline(id)).toContain(
      'Ben is contacted because Ada, who had accepted, can no longer be counted upon.',
    )
  })
})
