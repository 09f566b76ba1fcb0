import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PersonView } from '../../src/contract/people.ts'
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

/** The people contacted so far, in the order of their first text; by name where that was at the same time. */
const contacted = () => {
  const first = new Map<string, number>()
  for (const { direction, to, createdAt } of rig.simulator.messages()) {
    const name = NAMES.find((one) => numberOf(one) === to) ?? to
    if (direction === 'outbound-api' && !first.has(name)) first.set(name, createdAt)
  }
  return [...first].sort(([a, at], [b, bt]) => at - bt || a.localeCompare(b)).map(([name]) => name)
}
/** What the service has sent to somebody's phone of its own accord, oldest first. */
const textsTo = (name: string) =>
  rig.simulator
    .messages()
    .flatMap(({ direction, to, body }) => (direction === 'outbound-api' && to === numberOf(name) ? body : []))
const reply = async (name: string, text: string) => {
  rig.simulator.phones.text(numberOf(name), text)
  await rig.advance(SECOND)
}
const timeline = async (id: string) => {
  const response = await rig.ask(`/api/v1/alerts/${id}/timeline?limit=500`)
  return ((await response.json()) as { items: { text: string }[] }).items.map(({ text }) => text)
}
const rowOf = async (id: string, name: string) => (await rig.recipients(id)).find((row) => row.name === name)

async function raise(
  rows: Row[],
  template: Partial<TemplateBody>,
  change: Record<string, unknown> = {},
): Promise<string> {
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
  const cascade = { strategy: 'cascade', hold: 'PT1M' } as const

  it('goes on below somebody who answers at once, and below a silent lead after the hold time', async () => {
    const id = await raise([['Ada'], ['Ben', 'Ada'], ['Cem', 'Ada'], ['Dov', 'Ben'], ['Eve', 'Cem']], cascade)
    expect(contacted()).toEqual(['Ada'])
    expect((await rig.alert(id)).waiting).toBe(4)
    await reply('Ada', '1')
    expect(contacted()).toEqual(['Ada', 'Ben', 'Cem'])
    await reply('Ben', '1')
    expect(contacted()).toEqual(['Ada', 'Ben', 'Cem', 'Dov'])

    await rig.advance(MINUTE)
    expect(contacted()).toEqual(['Ada', 'Ben', 'Cem', 'Dov', 'Eve'])
    const lines = await timeline(id)
    expect(lines).toContain('Eve is contacted because Cem did not answer in time.')
    expect(lines).toContain(
      'The branch of Cem passes to Ben, the nearest beside it who has answered, because Cem did not answer in time.',
    )
    expect((await rowOf(id, 'Eve'))?.reason).toBe('Eve is contacted because Cem did not answer in time.')
    expect((await rig.alert(id)).waiting).toBe(0)
  })

  it('calls the deputy of a lead who cannot be reached: a recipient who is counted beside the frozen audience', async () => {
    await rig.importPeople(`id,name,mobile\nFay,Fay,${numberOf('Fay')}`, 'Deputies')
    rig.simulator.phones.set(numberOf('Ada'), { behaviour: 'unreachable' })
    const id = await raise(
      [
        ['Ada', '', 'Fay'],
        ['Ben', 'Ada'],
      ],
      cascade,
    )
    await rig.advance(30 * SECOND)
    expect(contacted().sort()).toEqual(['Ada', 'Ben', 'Fay'])
    expect(await rowOf(id, 'Fay')).toMatchObject({
      reason: 'Fay is contacted as deputy for Ada, who cannot be reached.',
    })
    await reply('Fay', '1')
    const { audience, added, counts } = await rig.alert(id)
    expect({ audience, counted: Object.values(counts).reduce((sum, count) => sum + count) }).toEqual({
      audience: 2,
      counted: 2,
    })
    expect(added).toMatchObject({ people: 1, counts: { acknowledged: 1 } })
    expect(await timeline(id)).toContain(
      'The branch of Ada passes to Fay, a deputy who has answered, because Ada cannot be reached.',
    )
  })

  it('contacts nobody twice who sits in two trees, and counts an answer in both', async () => {
    await rig.importPeople(
      ['id,name,mobile,reports to', `Ada,Ada,${numberOf('Ada')},`, `Gil,Gil,${numberOf('Gil')},Ada`].join('\n'),
      'Second',
    )
    await raise([['Ada'], ['Ben', 'Ada']], cascade, { trees: ['Everyone', 'Second'] })
    await reply('Ada', '1')
    await rig.advance(MINUTE)
    const texts = rig.simulator.messages().filter(({ direction }) => direction === 'outbound-api')
    expect(texts.map(({ to }) => to).sort()).toEqual(['Ada', 'Ben', 'Gil'].map(numberOf))
  })

  it('is ended by closing it: nobody further down is contacted any more', async () => {
    const id = await raise([['Ada'], ['Ben', 'Ada']], cascade)
    await rig.ask(`/api/v1/alerts/${id}/close`, { method: 'POST' })
    await rig.advance(2 * MINUTE)
    expect(contacted()).toEqual(['Ada'])
    expect(await rowOf(id, 'Ben')).toMatchObject({ rung: 'planned' })
  })
})

describe('somebody who is away', () => {
  const away = async (name: string, ms: number) => {
    const { items } = (await (await rig.ask('/api/v1/people', { as: keeper })).json()) as { items: PersonView[] }
    const id = items.find((person) => person.name === name)?.id
    const until = new Date(rig.clock.now() + ms).toISOString()
    const init = { method: 'PATCH', json: { awayUntil: until }, as: keeper }
    expect((await rig.ask(`/api/v1/people/${id}`, init)).status).toBe(200)
  }
  let keeper: string
  beforeEach(async () => {
    keeper = await rig.key('administrator')
    await rig.importPeople(`id,name,mobile\nFay,Fay,${numberOf('Fay')}\nAda,Ada,${numberOf('Ada')}`, 'Others')
  })

  it('is spared by a drill until the return, while the deputy takes the duty', async () => {
    await away('Ada', 2 * MINUTE)
    const id = await raise([['Ada', '', 'Fay'], ['Ben']], { strategy: 'broadcast' })
    expect(contacted()).toEqual(['Ben', 'Fay'])
    expect((await rowOf(id, 'Fay'))?.reason).toBe('Fay is contacted as deputy for Ada, who is away.')
    await rig.advance(2 * MINUTE + SECOND)
    expect(contacted()).toEqual(['Ben', 'Fay', 'Ada'])
  })

  it('gets a live alert about life and limb all the same', async () => {
    await away('Ada', 2 * MINUTE)
    await raise([['Ada'], ['Ben']], { strategy: 'broadcast', severity: 'extreme' }, { kind: 'live' })
    expect(contacted().sort()).toEqual(['Ada', 'Ben'])
  })
})

describe('a quorum', () => {
  const quorum = (need: number, wave: number): Partial<TemplateBody> => ({
    strategy: 'quorum',
    hold: 'PT1M',
    quorum: { need, perDuty: {}, wave },
  })

  it('contacts in order until enough have accepted, and leaves the rest in peace', async () => {
    const id = await raise([['Ada'], ['Ben'], ['Cem'], ['Dov']], quorum(1, 1))
    expect(contacted()).toEqual(['Ada'])
    await reply('Ada', '2')
    expect(contacted()).toEqual(['Ada', 'Ben'])
    await rig.advance(MINUTE)
    expect(contacted()).toEqual(['Ada', 'Ben', 'Cem'])
    await reply('Cem', '1')
    await rig.advance(3 * MINUTE)
    expect(contacted()).toEqual(['Ada', 'Ben', 'Cem'])
    expect(textsTo('Ben').at(-1)).toMatch(/NOT NEEDED.*Enough people have accepted/s)
    expect(textsTo('Cem').filter((text) => text.includes('NOT NEEDED'))).toEqual([])
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

  it('tells those whom it had sent away when they are needed after all, and stops again', async () => {
    await raise([['Ada'], ['Ben'], ['Cem']], quorum(1, 3))
    expect(contacted()).toEqual(['Ada', 'Ben', 'Cem'])
    await reply('Ada', '1')
    expect(textsTo('Ben').at(-1)).toContain('NOT NEEDED')
    await reply('Ada', '2')
    expect(textsTo('Ben').at(-1)).toMatch(/NEEDED AGAIN.*Flood at dock 3.*Reply 1/s)
    await reply('Cem', '1')
    expect(textsTo('Ben').map((text) => /NOT NEEDED|NEEDED AGAIN/.exec(text)?.[0])).toEqual([
      undefined,
      'NOT NEEDED',
      'NEEDED AGAIN',
      'NOT NEEDED',
    ])
  })

  it('looks for a duty among those who have it, and takes a deputy for somebody who does not answer', async () => {
    const rules = {
      strategy: 'quorum',
      hold: 'PT1M',
      quorum: { need: 0, perDuty: { 'Fire warden': 1 }, wave: 1 },
    } as const
    await raise([['Ada'], ['Ben', '', 'Dov', 'Fire warden'], ['Cem', '', '', 'Fire warden'], ['Dov']], rules)
    expect(contacted()).toEqual(['Ben'])
    await rig.advance(MINUTE)
    expect(contacted()).toEqual(['Ben', 'Dov'])
  })
})
