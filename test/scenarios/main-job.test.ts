import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Report } from '../../src/contract/reports.ts'
import { SECOND } from '../../src/domain/clock.ts'
import { type Rig, startRig } from '../harness/rig.ts'

const AMIRA = '+447700900101'
const BEN = '+447700900102'
const CHLOE = '+447700900103'
const DARIO = '+447700900104'
const PEOPLE = [
  'id,name,mobile,language,reports to',
  `A,Amira Ward,${AMIRA},en,`,
  `B,Ben Holt,${BEN},en,A`,
  `C,Chloé Petit,${CHLOE},fr,A`,
  `D,Dario Rossi,${DARIO},en,B`,
].join('\n')

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
  expect((await rig.importPeople(PEOPLE)).status).toBe(200)
  await rig.saveTemplate()
})
afterEach(() => rig.close())

const lastText = (number: string) => rig.simulator.phones.get(number).texts.at(-1)?.text ?? ''
const of = async (id: string, name: string) => (await rig.recipients(id)).find((recipient) => recipient.name === name)

describe('an alert from beginning to end', () => {
  it('reaches everybody by text, is answered by text, key, ring-back and link, and is reported', async () => {
    const { id, code, counts } = await rig.raise()
    expect(counts).toEqual({ planned: 4, accepted: 0, delivered: 0, heard: 0, acknowledged: 0 })
    await rig.advance(20 * SECOND)
    expect((await rig.alert(id)).counts).toEqual({ planned: 0, accepted: 0, delivered: 4, heard: 0, acknowledged: 0 })
    expect(lastText(AMIRA)).toMatch(/^DRILL/)
    expect(lastText(AMIRA)).toContain(code)
    expect(lastText(CHLOE)).toContain('Inondation')

    rig.simulator.phones.text(AMIRA, `1 ${code}`)
    await rig.advance(2 * SECOND)
    expect(await of(id, 'Amira Ward')).toMatchObject({ rung: 'acknowledged', response: 'yes', channel: 'sms' })

    rig.simulator.phones.ring(BEN)
    await rig.advance(5 * SECOND)
    rig.simulator.phones.press(BEN, '2')
    await rig.advance(5 * SECOND)
    expect(await of(id, 'Ben Holt')).toMatchObject({ rung: 'acknowledged', response: 'no', channel: 'voice' })

    const link = /https:\/\/\S+\/a\/([\w-]+)/.exec(lastText(CHLOE))?.[1]
    const page = await rig.ask(`/a/${link}`, { as: '' })
    expect(await page.text()).toContain('Oui')
    const posted = await rig.ask(`/a/${link}`, {
      as: '',
      method: 'POST',
      body: 'answer=yes',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(posted.status).toBe(200)
    expect(await of(id, 'Chloé Petit')).toMatchObject({ rung: 'acknowledged', channel: 'link' })

    await rig.advance(152 * SECOND)
    expect(
      rig.simulator
        .calls()
        .filter((call) => call.direction === 'outbound-api')
        .map((call) => call.to),
    ).toEqual([DARIO])
    rig.simulator.phones.answer(DARIO)
    await rig.advance(10 * SECOND)
    rig.simulator.phones.press(DARIO, '1')
    await rig.advance(5 * SECOND)
    expect(await of(id, 'Dario Rossi')).toMatchObject({ rung: 'acknowledged', response: 'yes', channel: 'voice' })

    const closed = await rig.ask(`/api/v1/alerts/${id}/close`, { method: 'POST' })
    expect(closed.status).toBe(200)
    await rig.advance(20 * SECOND)
    for (const number of [AMIRA, BEN, CHLOE])
      expect(
        rig.simulator.phones
          .get(number)
          .texts.map((sent) => sent.text)
          .join(),
      ).toMatch(/ALL CLEAR|FIN D|FIN/i)

    const report = (await (await rig.ask(`/api/v1/reports/${id}.json`)).json()) as Report
    expect(report).toMatchObject({ audience: 4, counts: { acknowledged: 4 }, unreachable: 0, onBehalf: 0 })
    expect(report.curve.at(-1)?.acknowledged).toBe(4)
    const csv = await (await rig.ask(`/api/v1/reports/${id}.csv`)).text()
    expect(csv.trim().split('\r\n')).toHaveLength(5)
    expect(await (await rig.ask(`/api/v1/reports/${id}.html`)).text()).toContain('<svg')
  })

  it('raises one alert when the same request is sent twice', async () => {
    const headers = { 'idempotency-key': 'tap-1' }
    const [first, second] = await Promise.all([rig.raise({}, headers), rig.raise({}, headers)])
    expect(second.id).toBe(first.id)
    const other = await rig.ask('/api/v1/alerts', {
      method: 'POST',
      json: { template: 'Flood', trees: ['Everyone'], kind: 'live' },
      headers,
    })
    expect(other.status).toBe(422)
    expect(await other.json()).toMatchObject({ code: 'idempotency.mismatch', field: 'Idempotency-Key' })
  })

  it('keeps an unclear text whole for a person, answers it once, and moves nobody', async () => {
    const { id } = await rig.raise()
    await rig.advance(20 * SECOND)
    rig.simulator.phones.text(AMIRA, 'Stuck on floor 3')
    await rig.advance(2 * SECOND)
    const { items } = (await (await rig.ask(`/api/v1/alerts/${id}/unclear`)).json()) as { items: { text: string }[] }
    expect(items).toMatchObject([{ text: 'Stuck on floor 3', name: 'Amira Ward' }])
    expect(lastText(AMIRA)).toContain('999')
    expect((await rig.alert(id)).counts.acknowledged).toBe(0)
  })

  it('records an answer that says more, and shows the words to a person', async () => {
    const { id, code } = await rig.raise()
    await rig.advance(20 * SECOND)
    rig.simulator.phones.text(AMIRA, `yes ${code}, at the gate by 18:30`)
    await rig.advance(2 * SECOND)
    expect(await of(id, 'Amira Ward')).toMatchObject({ rung: 'acknowledged', response: 'yes' })
    const { items } = (await (await rig.ask(`/api/v1/alerts/${id}/unclear`)).json()) as { items: { text: string }[] }
    expect(items).toMatchObject([{ text: `yes ${code}, at the gate by 18:30`, name: 'Amira Ward' }])
  })

  it('calls at once whoever tells the sender to stop', async () => {
    await rig.raise()
    await rig.advance(20 * SECOND)
    rig.simulator.phones.text(BEN, 'STOP')
    await rig.advance(5 * SECOND)
    expect(rig.simulator.calls().map((call) => call.to)).toEqual([BEN])
  })

  it('marks as unreachable whom no step of the plan can reach, with the reasons', async () => {
    rig.simulator.phones.set(DARIO, { behaviour: 'bad-number' })
    const { id } = await rig.raise()
    await rig.advance(20 * SECOND)
    const dario = await of(id, 'Dario Rossi')
    expect(dario?.rung).toBe('planned')
    expect(dario?.unreachable).toMatch(/sms: .+voice: /)
    expect((await rig.alert(id)).unreachable).toBe(1)
  })

  it('records an answer on behalf of somebody, marked so', async () => {
    const { id } = await rig.raise()
    await rig.advance(20 * SECOND)
    const amira = await of(id, 'Amira Ward')
    const response = await rig.ask(`/api/v1/alerts/${id}/recipients/${amira?.id}/acknowledge`, {
      method: 'POST',
      json: { response: 'yes' },
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      rung: 'acknowledged',
      response: 'yes',
      onBehalfBy: 'key "commander"',
    })
    const timeline = await (await rig.ask(`/api/v1/alerts/${id}/timeline`)).json()
    expect(JSON.stringify(timeline)).toContain('recorded by key \\"commander\\"')
    // What is audited goes by ids.
    const rows = await rig.deps.store.commit([{ sql: 'select * from audit_entries', params: [] }])
    expect(JSON.stringify(rows)).not.toContain('recordedBy')
  })
})
