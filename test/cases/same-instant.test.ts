import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TimelineEntry } from '../../src/contract/alerts.ts'
import { SECOND } from '../../src/domain/clock.ts'
import { type OpenDatabase, openSqlite, openWorkerd } from '../contracts/databases.ts'
import { callBack, textIn } from '../harness/call-back.ts'
import { ORIGIN, type Rig, SENDER, startRig } from '../harness/rig.ts'

const AMIRA = '+447700900101'
const BEN = '+447700900102'

describe.each([
  ['better-sqlite3', openSqlite, 200],
  ['D1 in workerd', openWorkerd, 3],
] as const)('answers and a close in the same instant on %s (reported failure 23)', (_name, open, rounds) => {
  let opened: OpenDatabase
  let rig: Rig
  beforeEach(async () => {
    opened = await open()
    rig = await startRig(':memory:', undefined, { database: opened.database })
    await rig.importPeople(`id,name,mobile\nA,Amira Ward,${AMIRA}\nB,Ben Holt,${BEN}`)
    await rig.saveTemplate({
      plan: [
        { after: 'PT0S', channels: ['sms'] },
        { after: 'PT2S', channels: ['voice'] },
      ],
    })
  }, 60_000)
  afterEach(() => opened.close())

  it('close it, count each person once, stop every call, and never open it again', { timeout: 240_000 }, async () => {
    const raised: string[] = []
    for (let round = 0; round < rounds; round++) {
      const { id, code } = await rig.raise()
      raised.push(id)
      await rig.advance(SECOND)
      const [amira, ben] = await rig.recipients(id)
      const link = `${ORIGIN}/a/${rig.deps.vault.linkToken(amira?.id ?? '')}`
      const form = { 'content-type': 'application/x-www-form-urlencoded', origin: ORIGIN }
      const tap = async () => rig.app.request(link, { method: 'POST', body: 'answer=yes&act=one', headers: form }, {})
      const call = { CallSid: `CA-${id}`, CallStatus: 'in-progress', Direction: 'inbound', From: BEN, To: SENDER }
      const close = () => rig.ask(`/api/v1/alerts/${id}/close`, { method: 'POST' })
      const acts = [
        () => textIn(rig, AMIRA, `YES ${code}`).then(() => 200),
        () => callBack(rig, `voice?turn=answer.${ben?.id}`, { ...call, Digits: '1' }).then(({ status }) => status),
        () => textIn(rig, BEN, `1 ${code}`).then(() => 200),
        () => tap().then(({ status }) => status),
        () => tap().then(({ status }) => status),
        () => close().then(({ status }) => status),
      ]
      // Each round another one comes first.
      const turned = [...acts.slice(round % acts.length), ...acts.slice(0, round % acts.length)]
      const statuses = await Promise.all(turned.map((act) => act()))
      expect(statuses.every((status) => status < 300)).toBe(true)
    }
    // Time enough for every call that was not stopped.
    await rig.advance(4 * SECOND)
    expect(rig.simulator.calls().filter(({ direction }) => direction === 'outbound-api')).toEqual([])
    for (const id of raised) {
      const alert = await rig.alert(id)
      expect(alert.state).toBe('closed')
      const answers = await rig.deps.store.answers.of(id)
      expect(alert.counts.acknowledged).toBeLessThanOrEqual(2)
      const recipients = await rig.recipients(id)
      for (const { name, rung, response, channel } of recipients) {
        if (rung !== 'acknowledged') continue
        expect([name, response]).toEqual([name, 'yes'])
        expect(['sms', 'link', 'voice']).toContain(channel)
      }
      expect(answers.length).toBeGreaterThanOrEqual(2)
      const path = `/api/v1/alerts/${id}/timeline?limit=500`
      const { items } = (await (await rig.ask(path)).json()) as { items: TimelineEntry[] }
      expect(items.filter(({ text }) => text.startsWith('Closed by'))).toHaveLength(1)
      const deliveries = recipients.flatMap((recipient) => recipient.deliveries)
      expect(deliveries.filter(({ channel, state }) => channel === 'voice' && state !== 'cancelled')).toEqual([])
    }
  })
})
