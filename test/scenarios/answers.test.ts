import twilio from 'twilio'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RecipientView, TimelineEntry, UnclearAnswer } from '../../src/contract/alerts.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { ORIGIN, type Rig, SENDER, startRig, TOKEN } from '../harness/rig.ts'

const AMIRA = '+447700900101'
const STRANGER = '+447700900199'
const RESPONSES = [
  { digit: '1', code: 'safe', accepts: true, needsHelp: false, label: { en: 'I am safe' } },
  { digit: '2', code: 'help', accepts: false, needsHelp: true, label: { en: 'I need help' } },
]

let rig: Rig
let alertId: string
let code: string
let messages: number
beforeEach(async () => {
  messages = 0
  rig = await startRig()
  await rig.importPeople(`id,name,mobile\nA,Amira Ward,${AMIRA}`)
  await rig.saveTemplate({ responses: RESPONSES })
  ;({ id: alertId, code } = await rig.raise())
  await rig.advance(20 * SECOND)
})
afterEach(() => rig.close())

function callback(topic: 'sms' | 'voice', fields: Record<string, string>) {
  const params = { AccountSid: 'AC00000000000000000000000000000001', ...fields }
  const url = `${ORIGIN}/callbacks/first/${topic}`
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': twilio.getExpectedTwilioSignature(TOKEN, url, params),
  }
  return rig.app.request(url, { method: 'POST', body: new URLSearchParams(params).toString(), headers }, {})
}
/** What a phone gets back for a text; null for nothing. */
async function text(from: string, body: string, sid = `SM${String(++messages).padStart(32, '0')}`) {
  const response = await callback('sms', { MessageSid: sid, From: from, To: SENDER, Body: body })
  expect(response.status).toBe(200)
  return /<Message>(.*)<\/Message>/s.exec(await response.text())?.[1] ?? null
}
const read = async <Body>(path: string) => (await (await rig.ask(path)).json()) as Body
const unclear = async (id = alertId) => (await read<{ items: UnclearAnswer[] }>(`/api/v1/alerts/${id}/unclear`)).items
const timeline = async (id = alertId) =>
  (await read<{ items: TimelineEntry[] }>(`/api/v1/alerts/${id}/timeline?limit=500`)).items.map((entry) => entry.text)
const amira = async (id = alertId) => (await rig.recipients(id))[0] as RecipientView
const link = async () => `/a/${rig.deps.vault.linkToken((await amira()).id)}`
const close = (id = alertId) => rig.ask(`/api/v1/alerts/${id}/close`, { method: 'POST' })
const tap = async (json: Record<string, unknown>) =>
  (await (
    await rig.ask(await link(), { method: 'POST', as: '', json, headers: { 'content-type': 'application/json' } })
  ).json()) as {
    outcome: string
    response: string
  }
const form = async (body: string, headers: Record<string, string> = {}) =>
  rig.ask(await link(), {
    method: 'POST',
    as: '',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', origin: 'null', ...headers },
  })

describe('changes of mind', () => {
  it('an answer tapped offline that arrives late never replaces a newer one, and gives the time of the first', async () => {
    const tapped = new Date(rig.clock.now()).toISOString()
    await rig.clock.advance(2 * MINUTE, async () => {})
    await text(AMIRA, `2 ${code}`)
    await rig.clock.advance(MINUTE, async () => {})
    expect(await tap({ response: 'safe', channel: 'push', at: tapped })).toMatchObject({ response: 'help' })
    expect(await amira()).toMatchObject({ response: 'help', channel: 'push', acknowledgedAt: tapped })
    expect((await timeline()).some((entry) => entry.includes('before the answer that stands'))).toBe(true)
  })

  it('a cry for help that arrives after a newer answer is shown to a person all the same', async () => {
    const tapped = new Date(rig.clock.now()).toISOString()
    await rig.clock.advance(2 * MINUTE, async () => {})
    await text(AMIRA, `1 ${code}`)
    await tap({ response: 'help', channel: 'push', at: tapped })
    expect(await amira()).toMatchObject({ response: 'safe' })
    expect(await unclear()).toMatchObject([{ name: 'Amira Ward', text: 'I need help', channel: 'push' }])
    await tap({ response: 'help', channel: 'push', at: tapped })
    expect(await unclear()).toHaveLength(1)
  })

  it('a clock that runs ahead or behind moves no answer before the alert or after now', async () => {
    const raisedAt = (await rig.alert(alertId)).raisedAt
    await tap({ response: 'safe', channel: 'push', at: '2001-01-01T00:00:00.000Z' })
    expect(await amira()).toMatchObject({ acknowledgedAt: raisedAt })
    await tap({ response: 'help', channel: 'push', at: '2101-01-01T00:00:00.000Z' })
    await rig.advance(SECOND)
    await text(AMIRA, `1 ${code}`)
    expect(await amira()).toMatchObject({ response: 'safe', acknowledgedAt: raisedAt })
  })

  it('another button of the same page is another answer, also back again, and a double tap is one', async () => {
    for (const answer of ['safe', 'help', 'help', 'safe']) await form(`answer=${answer}&act=X`)
    expect(await amira()).toMatchObject({ response: 'safe' })
    expect((await timeline()).filter((entry) => entry.includes('answered'))).toHaveLength(3)
    const outcomes = []
    for (const response of ['help', 'safe', 'safe', 'help']) outcomes.push((await tap({ response })).outcome)
    expect(outcomes).toEqual(['recorded', 'recorded', 'repeated', 'recorded'])
    expect(await amira()).toMatchObject({ response: 'help' })
  })

  it('an idempotency key that is used for another answer is refused', async () => {
    const { id } = await amira()
    const record = (response: string) =>
      rig.ask(`/api/v1/alerts/${alertId}/recipients/${id}/acknowledge`, {
        method: 'POST',
        json: { response },
        headers: { 'idempotency-key': 'one' },
      })
    expect([(await record('safe')).status, (await record('safe')).status]).toEqual([200, 200])
    const other = await record('help')
    expect(other.status).toBe(422)
    expect(await other.json()).toMatchObject({ code: 'idempotency.mismatch' })
    expect((await timeline()).filter((entry) => entry.includes('answered'))).toHaveLength(1)
  })

  it('the same plain text again within minutes is one answer, one confirmation and one line', async () => {
    expect(await text(AMIRA, `1 ${code}`)).toContain('Recorded')
    expect(await text(AMIRA, `1 ${code}`)).toBeNull()
    expect(await text(AMIRA, `2 ${code}`)).toContain('I need help')
    expect(await text(AMIRA, `1 ${code}`)).toContain('I am safe')
    expect((await timeline()).filter((entry) => entry.includes('answered'))).toHaveLength(3)
  })
})

describe('a callback that is delivered again after others', () => {
  it('stops nothing that was started since, and starts nothing that was stopped', async () => {
    const optedOut = async () => {
      const rows = await rig.deps.store.commit([{ sql: 'select sender from opt_outs', params: [] }])
      return rows[0]?.length
    }
    await text(AMIRA, 'STOP', 'SM-stop')
    await text(AMIRA, 'START', 'SM-start')
    expect(await text(AMIRA, 'STOP', 'SM-stop')).toBeNull()
    expect(await optedOut()).toBe(0)
    await text(AMIRA, 'STOP', 'SM-stop-2')
    await text(AMIRA, 'START', 'SM-start')
    expect(await optedOut()).toBe(1)
  })

  it('is not read anew when another alert has ended meanwhile', async () => {
    const { id: other } = await rig.raise()
    await rig.advance(20 * SECOND)
    await text(AMIRA, '1', 'SM-bare')
    await close(other)
    expect(await text(AMIRA, '1', 'SM-bare')).toBeNull()
    expect(await amira()).not.toHaveProperty('response')
  })
})

describe('cries for help that no machine can read', () => {
  it('from an unknown phone are on every open board until somebody has read them on one', async () => {
    const other = await rig.raise()
    expect(await text(STRANGER, 'stuck on floor 3')).toMatch(/A person will read this.*999/)
    for (const id of [alertId, other.id]) {
      const [message] = await unclear(id)
      expect(message).toMatchObject({ from: STRANGER, name: null, text: 'stuck on floor 3' })
      expect((await rig.alert(id)).unclear).toBe(1)
      expect((await timeline(id)).some((entry) => entry.startsWith('An unknown phone'))).toBe(true)
    }
    const [message] = await unclear()
    expect((await rig.ask(`/api/v1/alerts/${other.id}/unclear/${message?.id}/settle`, { method: 'POST' })).status).toBe(
      204,
    )
    expect([await unclear(), await unclear(other.id)]).toEqual([[], []])
  })

  it('from an unknown phone with a code are on the board of that alert alone', async () => {
    const other = await rig.raise()
    expect(await text(STRANGER, `1 ${code}`)).toContain('A person will read this')
    expect(await unclear()).toMatchObject([{ text: `1 ${code}` }])
    expect(await unclear(other.id)).toEqual([])
    expect((await amira()).rung).not.toBe('acknowledged')
  })

  it('are never promised a reader where nobody would see them', async () => {
    await close()
    const reply = await text(STRANGER, 'stuck on floor 3')
    expect(reply).toMatch(/No alert is open.*999/)
    await rig.advance(SECOND)
    const next = await rig.raise()
    expect(await unclear(next.id)).toEqual([])
  })

  it.each([
    ['without a code', () => 'stuck on floor 3'],
    ['with the code', () => `stuck on floor 3 ${code}`],
    ['with an answer and more', () => `1 ${code} but Ben is hurt`],
    ['that are the answer for help', () => `2 ${code}`],
    ['that are the answer for help without the code', () => '2'],
  ])('after the end are on the board of the ended alert: %s', async (_what, words) => {
    await close()
    expect(await text(AMIRA, words())).toMatch(/A person will read this.*999/)
    expect(await unclear()).toMatchObject([{ name: 'Amira Ward', text: words() }])
    expect((await rig.alert(alertId)).unclear).toBe(1)
  })

  it('after the end are also on the boards that somebody watches', async () => {
    const other = await rig.importPeople('id,name,mobile\nB,Ben Holt,+447700900102', 'Night shift')
    expect(other.status).toBe(200)
    await close()
    const open = await rig.raise({ trees: ['Night shift'] })
    await text(AMIRA, 'stuck on floor 3')
    expect(await unclear()).toMatchObject([{ name: 'Amira Ward' }])
    expect(await unclear(open.id)).toMatchObject([{ name: 'Amira Ward' }])
  })

  it('by push or link after the end are on its board', async () => {
    await close()
    expect(await tap({ response: 'help', channel: 'push' })).toMatchObject({ outcome: 'late' })
    expect(await unclear()).toMatchObject([{ name: 'Amira Ward', text: 'I need help' }])
    expect((await timeline()).some((entry) => entry.includes('after the end'))).toBe(true)
  })

  it('from the old phone that got the alert are its owner’s, also when the number was changed meanwhile', async () => {
    const [person] = await rig.deps.store.people.all()
    const changed = await rig.ask(`/api/v1/people/${person?.id}`, {
      method: 'PATCH',
      json: { name: 'Amira Ward', contactPoints: [{ kind: 'sms', address: '+447700900155' }] },
    })
    expect(changed.status).toBe(200)
    expect(await text(AMIRA, `2 ${code}`)).toContain('Recorded')
    expect(await amira()).toMatchObject({ response: 'help' })
    const next = await rig.raise()
    await text(AMIRA, `1 ${next.code}`)
    expect((await amira(next.id)).rung).not.toBe('acknowledged')
  })

  it('can only be said to be read on a board that shows them', async () => {
    const other = await rig.raise()
    await text(AMIRA, `stuck on floor 3 ${code}`)
    const [message] = await unclear()
    const settled = await rig.ask(`/api/v1/alerts/${other.id}/unclear/${message?.id}/settle`, { method: 'POST' })
    expect(settled.status).toBe(404)
    expect(await unclear()).toHaveLength(1)
    expect((await timeline(other.id)).filter((entry) => entry.includes('has read'))).toEqual([])
  })
})

describe('after the end', () => {
  it('a plain answer without a code is kept on the only alert that it can mean, and told so once', async () => {
    await close()
    const reply = await text(AMIRA, '1')
    expect(reply).toMatch(/ended at .* kept/)
    expect(await text(AMIRA, '1')).toBeNull()
    expect((await timeline()).filter((entry) => entry.includes('after the end'))).toHaveLength(1)
    expect(await unclear()).toEqual([])
    expect((await rig.alert(alertId)).counts.acknowledged).toBe(0)
  })

  it('nobody is told that an answer was kept who has given none', async () => {
    await close()
    expect(await (await rig.ask(await link(), { as: '' })).text()).not.toContain('kept')
    expect(await (await form('answer=safe')).text()).toContain('kept')
    const call = { CallSid: 'CA00000000000000000000000000000001', CallStatus: 'ringing', Direction: 'inbound' }
    const heard = await (await callback('voice', { ...call, From: AMIRA, To: SENDER })).text()
    expect(heard).toContain('This alert ended')
    expect(heard).not.toContain('kept')
  })
})

describe('a phone that answers by itself', () => {
  it('gets one reply, and one entry on the board with a number, while every text is kept', async () => {
    const replies: (string | null)[] = []
    for (let turn = 0; turn < 50; turn++) replies.push(await text(AMIRA, 'I am driving and will answer later'))
    expect(replies.filter((reply) => reply !== null)).toHaveLength(1)
    expect(await unclear()).toMatchObject([{ times: 50 }])
    expect((await timeline()).filter((entry) => entry.includes('a person must read'))).toHaveLength(1)
    expect(await text(AMIRA, 'Stuck on floor 3')).toBeNull()
    expect(await unclear()).toHaveLength(2)
    const [driving] = await unclear()
    await rig.ask(`/api/v1/alerts/${alertId}/unclear/${driving?.id}/settle`, { method: 'POST' })
    await text(AMIRA, 'I am driving and will answer later')
    expect(await unclear()).toMatchObject([{ text: 'Stuck on floor 3' }, { times: 1 }])
  })

  it('gets no more than one reply in half an hour where no alert is open', async () => {
    await close()
    expect(await text(STRANGER, 'I am driving')).not.toBeNull()
    await rig.clock.advance(5 * MINUTE, async () => {})
    expect(await text(STRANGER, 'I am driving')).toBeNull()
    await rig.clock.advance(31 * MINUTE, async () => {})
    expect(await text(STRANGER, 'I am driving')).not.toBeNull()
  })
})
